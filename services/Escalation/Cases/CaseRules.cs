using EarlyWarning.Contracts.Cases;
using Grpc.Core;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>Who may do what in a case, and when. Each check gives the fault, or <see langword="null"/>.</summary>
internal static class CaseRules
{
    /// <summary>Roles of the State concerned itself.</summary>
    public static bool IsOfState(V1.Role role) => role is V1.Role.FocalPoint or V1.Role.CompetentAuthority;

    /// <summary>Decisions after which the case is looked at again on a date.</summary>
    public static bool NeedsDate(V1.Decision decision) => decision is V1.Decision.ConsultFurther or V1.Decision.RemainSeized;

    /// <summary>The decision in words.</summary>
    public static string Say(V1.Decision decision) => decision switch
    {
        V1.Decision.PreventiveAction => "preventive action by the competent authorities",
        V1.Decision.ConsultFurther => "consult further",
        V1.Decision.ReferToSecurityCouncil => "bring the situation to the Security Council's attention",
        V1.Decision.NotRefer => "do not bring the situation to the Security Council's attention",
        V1.Decision.RemainSeized => "remain seized",
        _ => "unknown",
    };

    /// <summary>The step of a role that was reached: the last one that waits for an answer, or else the last one.</summary>
    public static V1.Step? StepOf(V1.Case now, V1.Role role)
    {
        var reached = now.Steps.Where(step => step.Role == role && step.ReachTime is not null).ToList();
        return reached.LastOrDefault(step => step.AcknowledgeTime is null) ?? reached.LastOrDefault();
    }

    /// <summary>Checks an acknowledgement.</summary>
    public static CaseFault? Acknowledge(V1.Case now, V1.Recipient recipient, string etag) =>
        Etag(now, etag) ?? Open(now) ?? OnLadder(now, recipient);

    /// <summary>Checks a decision.</summary>
    public static CaseFault? Decide(V1.Case now, V1.Recipient recipient, V1.Decision decision, string etag)
    {
        var decisionMaker = recipient.Role == V1.Role.DecisionMaker && AnswersFor(recipient, now.Country);
        if ((Etag(now, etag) ?? Open(now)) is { } fault)
        {
            return fault;
        }

        // Decision makers are named to decide: they need not wait until the ladder has come to them.
        if (!decisionMaker && OnLadder(now, recipient) is { } notOnLadder)
        {
            return notOnLadder;
        }

        if (now.Steps.All(step => step.AcknowledgeTime is null))
        {
            return new(StatusCode.FailedPrecondition, V1.ErrorReason.NotAcknowledged, "",
                $"Nobody has acknowledged {now.Name} since its climb began. Acknowledge it first.");
        }

        return decision is V1.Decision.ReferToSecurityCouncil or V1.Decision.NotRefer && !decisionMaker
            ? new(StatusCode.PermissionDenied, V1.ErrorReason.DecisionReserved, "decision",
                $"To {Say(decision)} is for a decision maker; {recipient.Name} is not one in the directory.")
            : null;
    }

    /// <summary>Checks an end. The State concerned cannot end a case of itself that still fires.</summary>
    public static CaseFault? StandDown(V1.Case now, V1.Recipient recipient, bool althoughFiring, string etag)
    {
        if ((Etag(now, etag) ?? Open(now)) is { } fault)
        {
            return fault;
        }

        if (!(recipient.Role is V1.Role.Operator or V1.Role.DecisionMaker && AnswersFor(recipient, now.Country))
            && OnLadder(now, recipient) is { } notOnLadder)
        {
            return notOnLadder;
        }

        if (now.Firing && IsOfState(recipient.Role))
        {
            return new(StatusCode.FailedPrecondition, V1.ErrorReason.StillFiring, "although_firing",
                $"A breach of {now.Name} fires; the State concerned cannot end its own case while one does. Another recipient can.");
        }

        return now.Firing && !althoughFiring
            ? new(StatusCode.FailedPrecondition, V1.ErrorReason.StillFiring, "although_firing",
                $"A breach of {now.Name} fires. Set although_firing to end the case all the same.")
            : null;
    }

    private static CaseFault? Etag(V1.Case now, string etag) => etag.Length == 0 || etag == now.Etag
        ? null
        : new(StatusCode.Aborted, V1.ErrorReason.EtagMismatch, "etag", $"{now.Name} has changed since it was read. Read it again, then decide whether to resend.");

    private static CaseFault? Open(V1.Case now) => now.State != State.StoodDown
        ? null
        : new(StatusCode.FailedPrecondition, V1.ErrorReason.CaseClosed, "", $"{now.Name} was stood down. A new breach opens a new case.");

    private static CaseFault? OnLadder(V1.Case now, V1.Recipient recipient) =>
        AnswersFor(recipient, now.Country) && StepOf(now, recipient.Role) is not null
            ? null
            : new(StatusCode.PermissionDenied, V1.ErrorReason.NotOnLadder, "recipient",
                $"{recipient.Name} was not asked in {now.Name}: no step that was reached is for this recipient's role and country.");

    private static bool AnswersFor(V1.Recipient recipient, string country) =>
        recipient.Countries.Count == 0 || recipient.Countries.Contains(country);
}
