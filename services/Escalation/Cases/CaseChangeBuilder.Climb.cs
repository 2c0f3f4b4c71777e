using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>How a climb goes from step to step.</content>
internal sealed partial class CaseChangeBuilder
{
    private const string WhileNobody = "It is asked as soon as somebody is named; the climb goes on meanwhile.";

    /// <summary>
    /// Lets the time that is due do one thing in the climb that is due first: the next step, the exhaustion of the ladder, or a new look.
    /// Late is as good as in time, so an outage only delays it; the deadlines that follow are measured from now, because only now is
    /// anybody told.
    /// </summary>
    public void TimePasses()
    {
        var climb = _case.Climbs.Where(one => one.DueTime is not null).MinBy(one => one.DueTime)!;
        var regional = InternalsOf(climb).RegionalDue is { } cap && cap <= _now;
        if (regional && InternalsOf(climb).ByState)
        {
            GoBeyondState(climb);
            return;
        }

        if (climb.State == State.Decided && !regional)
        {
            ReviewSeized(climb);
            return;
        }

        Add(Kind.DeadlinePassed, WhatPassed(climb, regional), climb.CurrentStep, climb: climb);
        climb.SeizedUntil = null;
        GoOn(climb);
    }

    /// <summary>Asks the steps that had nobody to ask, where the directory names somebody now.</summary>
    public void AskTheUnaddressed()
    {
        foreach (var climb in _case.Climbs.ToList())
        {
            var steps = CaseState.Unaddressed(climb).Where(step => context.HasRecipient(step.Role, _case.Country)).ToList();
            foreach (var step in steps)
            {
                Ask(climb, step);
            }

            if (climb.State == State.Exhausted && steps.Count > 0)
            {
                (climb.State, climb.CurrentStep) = (State.AwaitingAcknowledgement, steps[^1].Number);
                DueAt(climb, steps[^1].AcknowledgeDueTime);
            }
        }
    }

    /// <summary>
    /// Takes in that nobody could be told at a step of a climb: where it is the present one and was asked, the climb goes on at once.
    /// </summary>
    /// <param name="climbNumber">The climb's number.</param>
    /// <param name="number">The step's number.</param>
    /// <param name="reason">Why nobody could be told.</param>
    /// <param name="asks">Whether they were to be asked; otherwise they were to be told of a further cause.</param>
    public void HasNobody(int climbNumber, int number, string reason, bool asks)
    {
        _ = (asks ? _unaddressed : _unaddressedCause).Add(climbNumber);
        foreach (
            var climb in _case.Climbs.Where(climb => climb.Number == climbNumber && climb.State == State.AwaitingAcknowledgement).ToList()
        )
        {
            var step = climb.Steps[number - 1];
            if (step.AskTime is null || step.AcknowledgeTime is not null || step.Told > 0)
            {
                continue;
            }

            PassOver(climb, step, reason);
            if (climb.CurrentStep == number)
            {
                GoOn(climb);
            }
        }
    }

    private void ReviewSeized(V1.Climb climb)
    {
        Add(
            Kind.DeadlinePassed,
            $"The date until which it was to be watched, {Say(climb.DueTime.ToDateTimeOffset())}, has come: it is looked at again.",
            climb: climb
        );
        var internals = InternalsOf(climb);
        var cap = internals.ByState ? internals.RegionalDue : null;
        ClimbFrom(climb, Math.Clamp(internals.SeizedStep, 1, climb.Steps.Count));

        // A date that the State concerned has set does not put the regional step off.
        if (cap is not null && internals.RegionalDue is not null)
        {
            internals.RegionalDue = cap;
            DueAt(climb, internals.ClimbDue);
        }
    }

    /// <summary>Climbs from a step on: what was answered from there on no longer counts.</summary>
    private void ClimbFrom(V1.Climb climb, int from)
    {
        foreach (var step in climb.Steps.Skip(from - 1))
        {
            (step.ReachTime, step.AskTime, step.AcknowledgeTime, step.AcknowledgedBy) = (null, null, null, "");
            (step.AcknowledgeDueTime, step.DecideDueTime, step.Unaddressed, step.Told, step.NotTold) = (null, null, "", 0, 0);
            step.Acknowledgements.Clear();
        }

        var internals = InternalsOf(climb);
        (internals.RegionalDue, internals.SeizedStep, climb.SeizedUntil) = (null, 0, null);
        if (RegionalStep(climb) is { } regional && from < regional)
        {
            internals.RegionalDue = (context.Now + Waits(climb, from, regional)).ToTimestamp();
        }

        Reach(climb, from);
    }

    private void GoOn(V1.Climb climb)
    {
        if (climb.CurrentStep < climb.Steps.Count)
        {
            Reach(climb, climb.CurrentStep + 1);
        }
        else
        {
            climb.State = State.Exhausted;
            InternalsOf(climb).Unheld = null;
            DueAt(climb, null);
        }
    }

    private void Reach(V1.Climb climb, int number)
    {
        var step = climb.Steps[number - 1];
        step.ReachTime = _now;
        (climb.CurrentStep, climb.State) = (number, State.AwaitingAcknowledgement);
        (InternalsOf(climb).ByState, InternalsOf(climb).Unheld) = (false, null);
        if (number >= RegionalStep(climb))
        {
            InternalsOf(climb).RegionalDue = null;
        }

        TakeNoted(climb);
        if (context.HasRecipient(step.Role, _case.Country))
        {
            Ask(climb, step);
            DueAt(climb, step.AcknowledgeDueTime);
            return;
        }

        PassOver(climb, step, $"The directory names nobody in this role for {_case.Country}.");
        GoOn(climb);
    }

    private void Ask(V1.Climb climb, V1.Step step)
    {
        var late = step.Unaddressed.Length > 0 ? " now, because the directory names somebody" : "";
        (step.AskTime, step.AcknowledgeDueTime, step.Unaddressed) = (_now, _now + step.AcknowledgeWithin, "");
        _news.Add(new(climb.Number, step.Number, NewestBreach(climb), ""));
        Add(
            Kind.StepReached,
            $"Step {step.Number}, {step.DisplayName}, is asked{late}, to answer by {Say(step.AcknowledgeDueTime.ToDateTimeOffset())}.",
            step.Number,
            climb: climb
        );
    }

    /// <summary>
    /// A step with nobody to ask is not asked, and holds nothing up. Several that are passed over at once are one line of the case.
    /// </summary>
    private void PassOver(V1.Climb climb, V1.Step step, string reason)
    {
        (step.Unaddressed, step.AskTime, step.AcknowledgeDueTime) = (reason, null, null);
        if (
            _entries is [.., { Kind: Kind.StepUnaddressed } line]
            && line.Climb == climb.Number
            && climb.Steps[line.Step - 1].Unaddressed == reason
        )
        {
            var names = climb.Steps.Where(one => one.Number >= line.Step && one.Number <= step.Number).Select(one => one.DisplayName);
            line.Text = $"Steps {line.Step} to {step.Number} ({string.Join("; ", names)}): nobody to ask. For each: {reason} {WhileNobody}";
            return;
        }

        Add(
            Kind.StepUnaddressed,
            $"Step {step.Number}, {step.DisplayName}: nobody to ask. {reason} {WhileNobody}",
            step.Number,
            climb: climb
        );
    }

    private string NewestBreach(V1.Climb climb) =>
        _case.Causes.Where(cause => climb.Causes.Contains(cause.Id)).MaxBy(cause => InternalsOf(cause).NewestFire)?.Breach ?? "";
}
