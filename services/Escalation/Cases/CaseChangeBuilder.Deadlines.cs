using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>When a step and a decision are due, and in which words.</content>
internal sealed partial class CaseChangeBuilder
{
    private string WhatPassed(V1.Climb climb, bool regional)
    {
        var step = climb.Steps[climb.CurrentStep - 1];
        if (regional && (climb.State != State.AwaitingAcknowledgement || step.ReachTime >= InternalsOf(climb).RegionalDue))
        {
            return "The regional step's own time has come. An answer of the State concerned does not hold it.";
        }

        return climb.State == State.AwaitingDecision
            ? $"The time for a decision ended at {Say(climb.DueTime.ToDateTimeOffset())} without a final one."
            : $"Step {step.Number}, {step.DisplayName}, did not answer by {Say(climb.DueTime.ToDateTimeOffset())}.";
    }

    /// <summary>Sets when a climb goes on by its own deadlines; the regional step's time comes first where it is earlier.</summary>
    private void DueAt(V1.Climb climb, Timestamp? due)
    {
        var internals = InternalsOf(climb);
        internals.ClimbDue = due;
        var regional = internals.RegionalDue;
        var first = due is null || (regional is not null && regional < due) ? regional : due;
        climb.DueTime = first;
        climb.Due = first is null ? "" : WhatIsDue(climb, first == regional && first != due, WaitsForRegional(climb));
    }

    private static string WhatIsDue(V1.Climb climb, bool regional, bool decidedByState)
    {
        var next = climb.CurrentStep < climb.Steps.Count ? climb.Steps[climb.CurrentStep] : null;
        return (climb.State, regional) switch
        {
            (State.Decided, false) => "It is looked at again.",
            (_, true) when decidedByState =>
                $"Step {RegionalStep(climb)}, {climb.Steps[RegionalStep(climb)!.Value - 1].DisplayName}, is asked unless what breached "
                    + $"has been resolved "
                    + "by then: the State concerned has decided, and cannot end its own climb.",
            (_, true) =>
                $"Step {RegionalStep(climb)}, {climb.Steps[RegionalStep(climb)!.Value - 1].DisplayName}, is asked, whatever the State "
                    + $"concerned answers.",
            (State.AwaitingDecision, _) when next is not null =>
                $"Step {next.Number}, {next.DisplayName}, is asked unless a decision is recorded.",
            (_, _) when next is not null => $"Step {next.Number}, {next.DisplayName}, is asked unless somebody answers.",
            _ => "The ladder is exhausted unless somebody answers and decides.",
        };
    }

    /// <summary>How long the steps from one up to (not including) another wait together.</summary>
    private static TimeSpan Waits(V1.Climb climb, int from, int before) =>
        climb
            .Steps.Where(step => step.Number >= from && step.Number < before)
            .Aggregate(TimeSpan.Zero, (sum, step) => sum + step.AcknowledgeWithin.ToTimeSpan());
}
