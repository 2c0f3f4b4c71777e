using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>What people take back: an acknowledgement, or that causes were stood down.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>
    /// Withdraws a recipient's answer about some causes. It counts as never given: the climb stands as it would by the answers that are
    /// left.
    /// </summary>
    public void Withdraw(IReadOnlyCollection<string> causes, V1.Recipient recipient, string note, CaseActor actor)
    {
        foreach (var climb in Split(Named(causes)))
        {
            var (step, answer) = CaseRules.AnswerOf(climb, recipient.Name)!.Value;
            answer.WithdrawTime = _now;
            Tally(step);
            var freed = HoldAnew(climb);
            var what =
                $"{recipient.DisplayName} withdrew the acknowledgement of step {step.Number}, which was given at "
                + $"{Say(answer.Time.ToDateTimeOffset())}.";
            var rest =
                step.AcknowledgeTime is not null ? $" That of {step.AcknowledgedBy} stands."
                : !freed ? " The step counts as not answered; the climb goes on as it stood."
                : climb.DueTime is not { } due ? " The step counts as not answered, and the ladder has no further step."
                : due > _now ? $" The step counts as not answered; without an answer by {Say(due.ToDateTimeOffset())} it goes on."
                : $" The step counts as not answered, and its time ended at {Say(due.ToDateTimeOffset())}.";
            var text = $"{what}{rest}{(note.Length == 0 ? "" : $" {note}")}";
            Act(Kind.AcknowledgementWithdrawn, text, climb.Causes, recipient, actor, step.Number, climb.Number);
            if (step.AcknowledgeTime is null)
            {
                Tell(climb, step, text);
            }
        }
    }

    /// <summary>Opens causes again that were stood down by mistake: each goes on where it stood.</summary>
    public void Reopen(IReadOnlyCollection<string> causes, V1.Recipient recipient, string reason, CaseActor actor)
    {
        var named = CaseRules.StoodDown(_case, causes);
        var entry = Act(
            Kind.CauseReopened,
            $"{recipient.DisplayName} reopened {Titles(named)}: it goes on where it stood. {reason}",
            named.Select(cause => cause.Id),
            recipient,
            actor
        );
        _case.CloseTime = null;
        foreach (var cause in named)
        {
            (cause.OpenTime, cause.CloseTime) = (_now, null);
        }

        // Those that were asked about together are again; what was noted waits behind them as it did.
        foreach (var group in named.GroupBy(cause => InternalsOf(cause).StoodDown).OrderBy(group => group.Key is null).ToList())
        {
            GoOnWith(group.Key, [.. group], entry.Text);
        }
    }

    private void GoOnWith(LeftClimb? left, List<V1.Cause> causes, string why)
    {
        causes.ForEach(cause => InternalsOf(cause).StoodDown = null);
        if (left is null)
        {
            causes.ForEach(Place);
            return;
        }

        var (climb, internals) = (V1.Climb.Parser.ParseFrom(left.Climb), left.Internals.Clone());
        if (_case.Climbs.Any(one => one.Number == climb.Number))
        {
            climb.Number = internals.Number = ++_internals.ClimbsBegun;
        }

        climb.Causes.Clear();
        climb.Causes.Add(causes.Select(cause => cause.Id));
        _case.Climbs.Add(climb);
        _internals.Climbs.Add(internals);
        causes.ForEach(cause => (cause.Climb, cause.State) = (climb.Number, climb.State));
        if (climb.State != State.Decided)
        {
            Tell(climb, climb.Steps[climb.CurrentStep - 1], why);
        }
    }

    /// <summary>A climb as it is to be kept for the case that it goes on.</summary>
    private LeftClimb Leaving(V1.Climb climb)
    {
        var internals = InternalsOf(climb).Clone();
        (internals.Unaddressed, internals.UnaddressedCause) = (false, false);
        return new() { Climb = climb.ToByteString(), Internals = internals };
    }

    /// <summary>Whoever was asked at a step is told that an act was taken back.</summary>
    private void Tell(V1.Climb climb, V1.Step step, string what)
    {
        if (step.AskTime is not null)
        {
            _news.Add(new(climb.Number, step.Number, NewestBreach(climb), "") { Withdrawn = what });
        }
    }

    private void Answered(V1.Step step, V1.Recipient recipient)
    {
        if (step.Acknowledgements.FirstOrDefault(one => one.Recipient == recipient.Name) is { } earlier)
        {
            step.Acknowledgements.Remove(earlier);
        }

        step.Acknowledgements.Add(
            new V1.StepAcknowledgement
            {
                Recipient = recipient.Name,
                DisplayName = recipient.DisplayName,
                Time = _now,
            }
        );
        Tally(step);
    }

    /// <summary>A step is answered by the first acknowledgement of it that stands.</summary>
    private static void Tally(V1.Step step)
    {
        var first = step.Acknowledgements.FirstOrDefault(one => one.WithdrawTime is null);
        (step.AcknowledgeTime, step.AcknowledgedBy) = (first?.Time, first?.DisplayName ?? "");
        step.DecideDueTime = first is null ? null : first.Time + step.DecideWithin;
    }

    /// <summary>
    /// Nothing that a decision goes by is withdrawn under it. One of the State concerned goes by that State's own answers alone, so that it
    /// fixes nobody else's.
    /// </summary>
    private static void DecideUpon(V1.Climb climb, bool ofState)
    {
        foreach (
            var answer in climb.Steps.Where(step => !ofState || CaseRules.IsOfState(step.Role)).SelectMany(step => step.Acknowledgements)
        )
        {
            answer.Decided |= answer.WithdrawTime is null;
        }
    }

    private Unheld Unheld(V1.Climb climb, Timestamp since)
    {
        var internals = InternalsOf(climb);
        return new()
        {
            State = (int)climb.State,
            ClimbDue = internals.ClimbDue,
            RegionalDue = internals.RegionalDue,
            ByState = internals.ByState,
            Since = since,
        };
    }

    /// <summary>Takes a climb back to where it stood before it was held, and lets the answers that are left hold it.</summary>
    /// <returns>Whether it was held, and nothing holds it any more.</returns>
    private bool HoldAnew(V1.Climb climb)
    {
        var internals = InternalsOf(climb);
        if (internals.Unheld is not { } before)
        {
            return false;
        }

        climb.State = (State)before.State;
        (internals.RegionalDue, internals.ByState, internals.Unheld) = (before.RegionalDue, before.ByState, null);
        DueAt(climb, before.ClimbDue);
        foreach (
            var step in climb
                .Steps.Where(one => one.AcknowledgeTime is { } given && given >= before.Since)
                .OrderBy(one => one.AcknowledgeTime)
                .ToList()
        )
        {
            TryHold(climb, step);
        }

        if (climb.State == State.AwaitingAcknowledgement)
        {
            TakeNoted(climb);
        }

        return internals.Unheld is null;
    }
}
