using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>How far the State concerned has a say in the climb about its own country: among its own steps, and no further.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>
    /// The State concerned holds the climb among its own steps only: neither the way to the regional step nor what lies beyond it waits for
    /// an answer of the State.
    /// </summary>
    private bool Holds(V1.Climb climb, V1.Role role) =>
        !CaseRules.IsOfState(role) || RegionalStep(climb) is null || InternalsOf(climb).RegionalDue is not null;

    /// <summary>Whether somebody beyond the State concerned has decided, so that a decision of the State changes nothing.</summary>
    private bool IsDecidedBeyondState(V1.Climb climb) =>
        !InternalsOf(climb).ByState && (climb.State == State.Decided || climb.SeizedUntil is not null);

    /// <summary>Whether the State concerned has decided for good, and nothing but the regional step's own time is waited for.</summary>
    private bool WaitsForRegional(V1.Climb climb) =>
        climb.State == State.AwaitingDecision && climb.SeizedUntil is null && InternalsOf(climb).ByState;

    /// <summary>
    /// What the State concerned has decided for good stands where what breached has been resolved by the regional step's time. Otherwise
    /// that step is asked now, and none of the State's own before it.
    /// </summary>
    private void GoBeyondState(V1.Climb climb)
    {
        var stands =
            WaitsForRegional(climb)
            && _case
                .Causes.Where(cause => climb.Causes.Contains(cause.Id) || (cause.State == State.Noted && cause.Climb == climb.Number))
                .All(cause => InternalsOf(cause).Resolved);
        Add(
            Kind.DeadlinePassed,
            stands
                ? "The regional step's own time has come, and what breached has been resolved: the decision of the State concerned stands."
                : "The regional step's own time has come. A decision of the State concerned does not hold it.",
            climb.CurrentStep,
            climb: climb
        );
        if (stands)
        {
            climb.State = State.Decided;
            (InternalsOf(climb).RegionalDue, InternalsOf(climb).Unheld) = (null, null);
            DueAt(climb, null);
            return;
        }

        (climb.SeizedUntil, climb.Decision) = (null, V1.Decision.Unspecified);
        Reach(climb, RegionalStep(climb)!.Value);
    }

    /// <summary>The first step beyond the State concerned, where a step of the State comes before it.</summary>
    private static int? RegionalStep(V1.Climb climb)
    {
        var state = false;
        foreach (var step in climb.Steps)
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
