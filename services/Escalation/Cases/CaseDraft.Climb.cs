using EarlyWarning.Escalation.Journal;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>How a case climbs.</summary>
internal sealed partial class CaseDraft
{
    /// <summary>
    /// Lets the time that is due do one thing: the next step, the exhaustion of the ladder, or a new look. Late is as good as in time, so an
    /// outage only delays it; the deadlines that follow are measured from now, because only now is anybody told.
    /// </summary>
    public void TimePasses()
    {
        var regional = _internals.RegionalDue is { } cap && cap <= _now;
        if (_case.State == State.Decided && !regional)
        {
            LookAgain();
            return;
        }

        Add(Kind.DeadlinePassed, WhatPassed(regional), _case.CurrentStep);
        _case.SeizedUntil = null;
        if (_case.CurrentStep < _case.Steps.Count)
        {
            Reach(_case.CurrentStep + 1);
        }
        else
        {
            Exhaust();
        }
    }

    private string WhatPassed(bool regional)
    {
        var step = _case.Steps[_case.CurrentStep - 1];
        if (regional && (_case.State != State.AwaitingAcknowledgement || step.ReachTime >= _internals.RegionalDue))
        {
            return "The regional step's own time has come. An answer of the State concerned does not hold it.";
        }

        return _case.State == State.AwaitingDecision
            ? $"The time for a decision ended at {Say(before.Due!.Value)} without a final one."
            : $"Step {step.Number}, {step.DisplayName}, did not answer by {Say(before.Due!.Value)}.";
    }

    private void BeginClimb()
    {
        _case.Steps.Clear();
        _case.Steps.Add(ladder.For(_case.Severity));
        Climb(1);
    }

    private void LookAgain()
    {
        Add(Kind.DeadlinePassed, $"The date until which the case was to be watched, {Say(before.Due!.Value)}, has come: it is looked at again.");
        Climb(Math.Clamp(_internals.SeizedStep, 1, _case.Steps.Count));
    }

    /// <summary>Begins a climb at a step: what was answered from there on no longer counts.</summary>
    private void Climb(int from)
    {
        foreach (var step in _case.Steps.Skip(from - 1))
        {
            (step.ReachTime, step.AcknowledgeTime, step.AcknowledgedBy, step.AcknowledgeDueTime, step.DecideDueTime) = (null, null, "", null, null);
        }

        _internals.Climb++;
        _internals.RegionalDue = null;
        _internals.SeizedStep = 0;
        _case.SeizedUntil = null;
        if (RegionalStep is { } regional && from < regional)
        {
            _internals.RegionalDue = (now + Waits(from, regional)).ToTimestamp();
        }

        Reach(from);
    }

    private void Reach(int number)
    {
        var step = _case.Steps[number - 1];
        step.ReachTime = _now;
        step.AcknowledgeDueTime = _now + step.AcknowledgeWithin;
        _case.CurrentStep = number;
        _case.State = State.AwaitingAcknowledgement;
        if (number >= RegionalStep)
        {
            _internals.RegionalDue = null;
        }

        _internals.Unpublished.Add(new StepMark
        {
            Case = _case.Name,
            Climb = _internals.Climb,
            Step = number,
            Breach = NewestBreach.Name,
            ReachTime = _now,
        });
        Add(Kind.StepReached, $"Step {number}, {step.DisplayName}, is asked to answer by {Say(step.AcknowledgeDueTime.ToDateTimeOffset())}.", number);
        DueAt(step.AcknowledgeDueTime);
    }

    private void Exhaust()
    {
        _case.State = State.Exhausted;
        DueAt(null);
    }

    /// <summary>Sets when the case climbs by its own deadlines; the regional step's time comes first where it is earlier.</summary>
    private void DueAt(Timestamp? due)
    {
        _internals.ClimbDue = due;
        var regional = _internals.RegionalDue;
        var first = due is null || (regional is not null && regional < due) ? regional : due;
        _case.DueTime = first;
        _case.Due = first is null ? "" : WhatIsDue(first == regional && first != due);
    }

    private string WhatIsDue(bool regional)
    {
        var next = _case.CurrentStep < _case.Steps.Count ? _case.Steps[_case.CurrentStep] : null;
        return (_case.State, regional) switch
        {
            (State.Decided, false) => "The case is looked at again.",
            (_, true) => $"Step {RegionalStep}, {_case.Steps[RegionalStep!.Value - 1].DisplayName}, is asked, whatever the State concerned answers.",
            (State.AwaitingDecision, _) when next is not null => $"Step {next.Number}, {next.DisplayName}, is asked unless a decision is recorded.",
            (_, _) when next is not null => $"Step {next.Number}, {next.DisplayName}, is asked unless somebody answers.",
            _ => "The ladder is exhausted unless somebody answers and decides.",
        };
    }

    /// <summary>The first step beyond the State concerned, where a step of the State comes before it.</summary>
    private int? RegionalStep
    {
        get
        {
            var state = false;
            foreach (var step in _case.Steps)
            {
                if (state && !CaseRules.IsOfState(step.Role))
                {
                    return step.Number;
                }

                state |= CaseRules.IsOfState(step.Role);
            }

            return null;
        }
    }

    /// <summary>How long the steps from one up to (not including) another wait together.</summary>
    private TimeSpan Waits(int from, int before) =>
        _case.Steps.Where(step => step.Number >= from && step.Number < before)
            .Aggregate(TimeSpan.Zero, (sum, step) => sum + step.AcknowledgeWithin.ToTimeSpan());
}
