using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>Deadlines that were made while the clock was ahead.</content>
internal sealed partial class CaseDraft
{
    // What two machines of one suite may differ by.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Whether a case waits for an answer or a decision from a moment on that has not come yet.</summary>
    public static bool IsMisdated(V1.Case head, DateTimeOffset now) =>
        IsUndecided(head.State) && head.CurrentStep > 0 && head.Steps[head.CurrentStep - 1] is var step
        && (IsAhead(step.ReachTime, now) || IsAhead(step.AcknowledgeTime, now));

    /// <summary>Begins the time of the present step again: it would else end in a future that was never there.</summary>
    public void SetRight()
    {
        var step = _case.Steps[_case.CurrentStep - 1];
        step.ReachTime = IsAhead(step.ReachTime, now) ? _now : step.ReachTime;
        step.AcknowledgeDueTime = _now + step.AcknowledgeWithin;
        if (_internals.RegionalDue is not null && RegionalStep is { } regional)
        {
            _internals.RegionalDue = (now + Waits(_case.CurrentStep, regional)).ToTimestamp();
        }

        var due = step.AcknowledgeDueTime;
        if (_case.State == State.AwaitingDecision)
        {
            step.AcknowledgeTime = step.AcknowledgeTime is null ? null : _now;
            due = step.DecideDueTime = _now + step.DecideWithin;
        }

        Add(
            Kind.StepReached,
            $"The clock was ahead when step {step.Number}, {step.DisplayName}, was asked. "
            + $"Its time begins anew and ends at {Say(due.ToDateTimeOffset())}.",
            step.Number);
        DueAt(due);
    }

    private static bool IsAhead(Timestamp? time, DateTimeOffset now) => time?.ToDateTimeOffset() > now + s_tolerance;
}
