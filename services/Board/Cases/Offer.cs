using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Cases;

/// <summary>What a viewer can put on record about a climb, and as whom: nothing is offered that is refused for who they are.</summary>
/// <param name="CaseAct">What is put on record.</param>
/// <param name="Climb">About which climb.</param>
/// <param name="Own">The recipients as which the viewer answers.</param>
/// <param name="Others">The recipients whose answers the viewer may record, and say how they know.</param>
internal sealed record Offer(CaseAct CaseAct, Climb Climb, IReadOnlyList<Recipient> Own, IReadOnlyList<Recipient> Others)
{
    /// <summary>Gets whether the viewer records for somebody else only.</summary>
    public bool IsForOthers => Own.Count == 0;

    /// <summary>Lists what is offered about a climb.</summary>
    public static IEnumerable<Offer> Of(CaseFile file, Climb climb, IViewer viewer, bool mayOverride)
    {
        if (file.Case.CloseTime is not null)
        {
            yield break;
        }

        foreach (var (act, permission) in Permissions)
        {
            var own = viewer.AnswersAs(permission, file.Case.Country);
            var records = act != CaseAct.StandDown && viewer.RecordsForOthers(permission, file.Case.Country);
            var able = file.Recipients.Where(one => MayAnswer(one, climb, act)).ToList();
            Offer offer = new(
                act,
                climb,
                [.. able.Where(one => own.Contains(one.Name) || (act == CaseAct.StandDown && !viewer.IsLimited))],
                [.. able.Where(one => records && !own.Contains(one.Name))]
            );
            if (offer.Own.Count + offer.Others.Count > 0 && IsTime(file.Case, climb, act, mayOverride))
            {
                yield return offer;
            }
        }
    }

    private static IReadOnlyList<(CaseAct, Permission)> Permissions { get; } =
    [
        (CaseAct.Acknowledge, Permission.CaseAcknowledge),
        (CaseAct.Decide, Permission.CaseDecide),
        (CaseAct.StandDown, Permission.CaseStandDown),
    ];

    /// <summary>A step that was reached takes answers of its role; a decision maker decides and an operator stands down on any.</summary>
    private static bool MayAnswer(Recipient recipient, Climb climb, CaseAct act) =>
        climb.Steps.Any(step => step.Role == recipient.Role && step.ReachTime is not null)
        || (recipient.Role == Role.DecisionMaker && act != CaseAct.Acknowledge)
        || (recipient.Role == Role.Operator && act == CaseAct.StandDown);

    private static bool IsTime(Case of, Climb climb, CaseAct act, bool mayOverride) =>
        act switch
        {
            CaseAct.Acknowledge => climb.State is CaseState.AwaitingAcknowledgement or CaseState.AwaitingDecision or CaseState.Exhausted,
            CaseAct.Decide => climb.Steps.Any(step => step.AcknowledgeTime is not null),
            _ => mayOverride || !of.Causes.Any(cause => climb.Causes.Contains(cause.Id) && cause.Firing),
        };
}

/// <summary>What people put on record in a case.</summary>
internal enum CaseAct
{
    /// <summary>They know of it, and are at work on an answer.</summary>
    Acknowledge,

    /// <summary>They decide.</summary>
    Decide,

    /// <summary>They end it, with a reason.</summary>
    StandDown,
}
