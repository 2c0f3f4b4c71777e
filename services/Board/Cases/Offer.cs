using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Cases;

/// <summary>What a viewer can put on record, and as whom: nothing is offered that is refused for who they are.</summary>
/// <param name="CaseAct">What is put on record.</param>
/// <param name="Climb">The climb's number; 0 for what no climb asks about any more.</param>
/// <param name="Causes">About which causes.</param>
/// <param name="Own">The recipients as which the viewer answers.</param>
/// <param name="Others">The recipients whose answers the viewer may record, and say how they know.</param>
public sealed record Offer(
    CaseAct CaseAct,
    int Climb,
    IReadOnlyList<string> Causes,
    IReadOnlyList<Recipient> Own,
    IReadOnlyList<Recipient> Others
)
{
    /// <summary>Gets whether the viewer records for somebody else only.</summary>
    public bool IsForOthers => Own.Count == 0;

    /// <summary>Lists what is offered about a climb.</summary>
    internal static IEnumerable<Offer> Of(CaseFile file, Climb climb, IViewer viewer, bool mayOverride) =>
        file.Case.CloseTime is not null
            ? []
            : Permissions
                .Where(one => IsTime(file.Case, climb, one.Act, mayOverride))
                .Select(one =>
                    Of(
                        one,
                        climb.Number,
                        climb.Causes,
                        file.Recipients.Where(who => MayAnswer(who, climb, one.Act)),
                        file.Case.Country,
                        viewer
                    )
                )
                .Where(offer => offer.Own.Count + offer.Others.Count > 0);

    /// <summary>Offers to reopen what was stood down; <see langword="null"/> where nothing was, or it is not for this viewer.</summary>
    internal static Offer? Reopen(CaseFile file, IViewer viewer)
    {
        var causes = file.Case.Causes.Where(cause => cause.State == CaseState.StoodDown).Select(cause => cause.Id).ToList();
        var offer = Of((CaseAct.Reopen, Permission.CaseStandDown), 0, causes, file.Recipients, file.Case.Country, viewer);
        return causes.Count > 0 && offer.Own.Count > 0 ? offer : null;
    }

    private static IReadOnlyList<(CaseAct Act, Permission Permission)> Permissions { get; } =
    [
        (CaseAct.Acknowledge, Permission.CaseAcknowledge),
        (CaseAct.Decide, Permission.CaseDecide),
        (CaseAct.StandDown, Permission.CaseStandDown),
        (CaseAct.Withdraw, Permission.CaseAcknowledge),
    ];

    private static Offer Of(
        (CaseAct Act, Permission Permission) what,
        int climb,
        IReadOnlyList<string> causes,
        IEnumerable<Recipient> able,
        string country,
        IViewer viewer
    )
    {
        var own = viewer.AnswersAs(what.Permission, country);
        var ends = what.Permission == Permission.CaseStandDown;
        var records = !ends && viewer.RecordsForOthers(what.Permission, country);
        var all = able.ToList();
        return new(
            what.Act,
            climb,
            causes,
            [.. all.Where(one => own.Contains(one.Name) || (ends && !viewer.IsLimited))],
            [.. all.Where(one => records && !own.Contains(one.Name))]
        );
    }

    /// <summary>
    /// A step that was reached takes answers of its role; a decision maker decides and an operator stands down on any. Who has acknowledged
    /// is not asked to again, which would change nothing and lose what they write. What stands and no decision goes by can be withdrawn.
    /// </summary>
    private static bool MayAnswer(Recipient recipient, Climb climb, CaseAct act) =>
        act switch
        {
            CaseAct.Withdraw => climb.Steps.SelectMany(step => step.Acknowledgements).LastOrDefault(one => IsOf(one, recipient))
                is { Decided: false },
            CaseAct.Acknowledge => StepOf(recipient, climb) is { } step && !step.Acknowledgements.Any(one => IsOf(one, recipient)),
            _ => StepOf(recipient, climb) is not null
                || recipient.Role == Role.DecisionMaker
                || (recipient.Role == Role.Operator && act == CaseAct.StandDown),
        };

    private static bool IsOf(StepAcknowledgement answer, Recipient recipient) =>
        answer.Recipient == recipient.Name && answer.WithdrawTime is null;

    /// <summary>The step that a recipient's answer would count for: the last one reached that waits for one, or else the last.</summary>
    private static Step? StepOf(Recipient recipient, Climb climb)
    {
        var reached = climb.Steps.Where(step => step.Role == recipient.Role && step.ReachTime is not null).ToList();
        return reached.LastOrDefault(step => step.AcknowledgeTime is null) ?? reached.LastOrDefault();
    }

    private static bool IsTime(Case of, Climb climb, CaseAct act, bool mayOverride) =>
        act switch
        {
            CaseAct.Acknowledge => climb.State is CaseState.AwaitingAcknowledgement or CaseState.AwaitingDecision or CaseState.Exhausted,
            CaseAct.Decide => climb.Steps.Any(step => step.AcknowledgeTime is not null),
            CaseAct.Withdraw => true,
            _ => mayOverride || !of.Causes.Any(cause => climb.Causes.Contains(cause.Id) && cause.Firing),
        };
}

/// <summary>What people put on record in a case.</summary>
public enum CaseAct
{
    /// <summary>They know of it, and are at work on an answer.</summary>
    Acknowledge,

    /// <summary>They decide.</summary>
    Decide,

    /// <summary>They end it, with a reason.</summary>
    StandDown,

    /// <summary>They take an answer back that was given by mistake.</summary>
    Withdraw,

    /// <summary>They open again what was stood down by mistake.</summary>
    Reopen,
}

/// <summary>What a viewer has put on record, and how it is taken back.</summary>
/// <param name="CaseAct">What it was.</param>
/// <param name="Recipient">For whom: <c>recipients/{id}</c>.</param>
/// <param name="Causes">About which causes.</param>
/// <param name="Text">It in words.</param>
public sealed record RecordedAct(CaseAct CaseAct, string Recipient, IReadOnlyList<string> Causes, string Text)
{
    /// <summary>Gets what takes it back; <see langword="null"/> where nothing does, or it takes something back itself.</summary>
    internal CaseAct? Undo =>
        CaseAct switch
        {
            CaseAct.Acknowledge => CaseAct.Withdraw,
            CaseAct.StandDown => CaseAct.Reopen,
            _ => null,
        };

    /// <summary>The one of several offers that takes it back; <see langword="null"/> where none does.</summary>
    internal Offer? UndoneBy(IEnumerable<Offer> offers) =>
        offers.FirstOrDefault(offer =>
            offer.CaseAct == Undo && Causes.All(offer.Causes.Contains) && offer.Own.Concat(offer.Others).Any(one => one.Name == Recipient)
        );
}
