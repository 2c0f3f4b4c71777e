using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>Deadlines that were made while the clock was ahead.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>What two machines of one suite may differ by.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Whether a case waits for an answer or a decision from a moment on that has not come yet.</summary>
    public static bool IsMisdated(CaseState state, DateTimeOffset now) => state.Asked > now + Tolerance;

    /// <summary>Begins the time of the present steps again: it would else end in a future that was never there.</summary>
    public void SetRight()
    {
        foreach (var climb in _case.Climbs)
        {
            var waits = climb.State is State.AwaitingAcknowledgement or State.AwaitingDecision;
            if (waits && climb.Steps[climb.CurrentStep - 1] is var step && (IsAhead(step.AskTime) || IsAhead(step.AcknowledgeTime)))
            {
                SetRight(climb, step);
            }
        }
    }

    private void SetRight(V1.Climb climb, V1.Step step)
    {
        step.ReachTime = IsAhead(step.ReachTime) ? _now : step.ReachTime;
        step.AskTime = IsAhead(step.AskTime) ? _now : step.AskTime;
        step.AcknowledgeTime = IsAhead(step.AcknowledgeTime) ? _now : step.AcknowledgeTime;
        step.AcknowledgeDueTime = _now + step.AcknowledgeWithin;
        foreach (var ahead in step.Acknowledgements.Where(one => IsAhead(one.Time)))
        {
            ahead.Time = _now;
        }

        var internals = InternalsOf(climb);
        if (internals.RegionalDue is not null && RegionalStep(climb) is { } regional)
        {
            internals.RegionalDue = (context.Now + Waits(climb, climb.CurrentStep, regional)).ToTimestamp();
        }

        if (internals.Unheld is { } unheld)
        {
            unheld.ClimbDue = unheld.State == (int)State.AwaitingAcknowledgement ? step.AcknowledgeDueTime : unheld.ClimbDue;
            unheld.RegionalDue = internals.RegionalDue;
            unheld.Since = IsAhead(unheld.Since) ? _now : unheld.Since;
        }

        var due = step.AcknowledgeDueTime;
        if (climb.State == State.AwaitingDecision)
        {
            step.AcknowledgeTime = step.AcknowledgeTime is null ? null : _now;
            due = step.DecideDueTime = _now + step.DecideWithin;
        }

        Add(
            Kind.StepReached,
            $"The clock was ahead when step {step.Number}, {step.DisplayName}, was asked. "
                + $"Its time begins anew and ends at {Say(due.ToDateTimeOffset())}.",
            step.Number,
            climb: climb
        );
        DueAt(climb, WaitsForRegional(climb) ? null : due);
    }

    private bool IsAhead(Timestamp? time) => time?.ToDateTimeOffset() > context.Now + Tolerance;
}
