using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>Who may do what in a case, and when. Each check gives the fault, or <see langword="null"/>.</summary>
internal static partial class CaseRules
{
    /// <summary>Roles of the State concerned itself.</summary>
    public static bool IsOfState(V1.Role role) => role is V1.Role.FocalPoint or V1.Role.CompetentAuthority;

    /// <summary>Decisions after which it is looked at again on a date.</summary>
    public static bool NeedsDate(V1.Decision decision) => decision is V1.Decision.ConsultFurther or V1.Decision.RemainSeized;

    /// <summary>Whether a recipient answers for a country.</summary>
    public static bool AnswersFor(V1.Recipient recipient, string country) =>
        recipient.Countries.Count == 0 || recipient.Countries.Contains(country);

    /// <summary>The decision in words.</summary>
    public static string Say(V1.Decision decision) =>
        decision switch
        {
            V1.Decision.PreventiveAction => "preventive action by the competent authorities",
            V1.Decision.ConsultFurther => "consult further",
            V1.Decision.ReferToSecurityCouncil => "bring the situation to the Security Council's attention",
            V1.Decision.NotRefer => "do not bring the situation to the Security Council's attention",
            V1.Decision.RemainSeized => "remain seized",
            _ => "unknown",
        };

    /// <summary>The step of a role that was reached: the last one that waits for an answer, or else the last one.</summary>
    public static V1.Step? StepOf(V1.Climb climb, V1.Role role)
    {
        var reached = climb.Steps.Where(step => step.Role == role && step.ReachTime is not null).ToList();
        return reached.LastOrDefault(step => step.AcknowledgeTime is null) ?? reached.LastOrDefault();
    }

    /// <summary>Whether a recipient has given this answer before, about all of the causes.</summary>
    public static bool HasAcknowledged(V1.Case now, V1.Recipient recipient, IReadOnlyCollection<string> causes) =>
        Open(now, causes) is { Count: > 0 } open
        && open.TrueForAll(cause =>
            cause.State != State.Noted
            && ClimbOf(now, cause) is { } climb
            && StepOf(climb, recipient.Role)?.Acknowledgements.Any(one => one.Recipient == recipient.Name && one.WithdrawTime is null)
                == true
        );

    /// <summary>Checks an acknowledgement.</summary>
    public static CaseFault? Acknowledge(V1.Case now, V1.Recipient recipient, IReadOnlyCollection<string> causes, string etag) =>
        Present(now, causes, etag) ?? OnLadder(now, recipient, causes);

    /// <summary>Checks a decision.</summary>
    public static CaseFault? Decide(
        V1.Case now,
        V1.Recipient recipient,
        V1.Decision decision,
        IReadOnlyCollection<string> causes,
        string etag
    )
    {
        if (Present(now, causes, etag) is { } fault)
        {
            return fault;
        }

        // Decision makers are named to decide: they need not wait until the ladder has come to them.
        var decisionMaker = recipient.Role == V1.Role.DecisionMaker && AnswersFor(recipient, now.Country);
        if (!decisionMaker && OnLadder(now, recipient, causes) is { } notOnLadder)
        {
            return notOnLadder;
        }

        if (Open(now, causes).Find(cause => ClimbOf(now, cause)?.Steps.All(step => step.AcknowledgeTime is null) ?? true) is { } unanswered)
        {
            return new(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.NotAcknowledged,
                "",
                $"Nobody has acknowledged {unanswered.Id} in {now.Name} since its climb began. Acknowledge it first."
            )
            {
                Resource = now.Name,
                Cause = unanswered.Id,
            };
        }

        return decision is V1.Decision.ReferToSecurityCouncil or V1.Decision.NotRefer && !decisionMaker
            ? new(
                StatusCode.PermissionDenied,
                V1.ErrorReason.DecisionReserved,
                "decision",
                $"To {Say(decision)} is for a decision maker; {recipient.Name} is not one in the directory."
            )
            {
                Resource = now.Name,
                Recipient = recipient.Name,
            }
            : null;
    }

    /// <summary>Checks an end. The State concerned cannot end a cause of its own that still fires.</summary>
    public static CaseFault? StandDown(
        V1.Case now,
        V1.Recipient recipient,
        bool althoughFiring,
        IReadOnlyCollection<string> causes,
        string etag
    )
    {
        if (Present(now, causes, etag) is { } fault)
        {
            return fault;
        }

        if (
            !(recipient.Role is V1.Role.Operator or V1.Role.DecisionMaker && AnswersFor(recipient, now.Country))
            && OnLadder(now, recipient, causes) is { } notOnLadder
        )
        {
            return notOnLadder;
        }

        if (Open(now, causes).Find(cause => cause.Firing) is not { } firing)
        {
            return null;
        }

        return IsOfState(recipient.Role)
                ? new(
                    StatusCode.FailedPrecondition,
                    V1.ErrorReason.StillFiring,
                    "although_firing",
                    $"A breach of {firing.Id} fires in {now.Name}; the State concerned cannot end its own while one does. "
                        + "It takes a recipient beyond the State: an operator or a decision maker for the country, or a step beyond the "
                        + "State that was reached."
                )
                {
                    Resource = now.Name,
                    Cause = firing.Id,
                    Recipient = recipient.Name,
                }
            : althoughFiring ? null
            : new(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.StillFiring,
                "although_firing",
                $"A breach of {firing.Id} fires in {now.Name}. Set although_firing to end it all the same."
            )
            {
                Resource = now.Name,
                Cause = firing.Id,
            };
    }

    private static CaseFault? Present(V1.Case now, IReadOnlyCollection<string> causes, string etag)
    {
        if (Stale(now, etag) is { } stale)
        {
            return stale;
        }

        if (now.CloseTime is not null)
        {
            return new(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.CaseClosed,
                "",
                $"{now.Name} is closed. Reopen it where it was stood down by mistake; a new breach opens a new case."
            )
            {
                Resource = now.Name,
            };
        }

        var open = Open(now, []);
        if (causes.Count == 0)
        {
            return open.Count == 1 ? null : Unnamed(now, open, "open causes");
        }

        return causes.FirstOrDefault(id => open.TrueForAll(cause => cause.Id != id)) is not { } other ? null
            : now.Causes.Any(cause => cause.Id == other)
                ? new(StatusCode.FailedPrecondition, V1.ErrorReason.CaseClosed, "causes", $"{other} has ended in {now.Name} already.")
                {
                    Resource = now.Name,
                    Cause = other,
                }
            : NoSuchCause(now, other, open);
    }

    private static CaseFault? Stale(V1.Case now, string etag) =>
        etag.Length == 0 || etag == now.Etag
            ? null
            : new(StatusCode.Aborted, V1.ErrorReason.EtagMismatch, "etag", Fault.StaleWords(now.Name, now.Etag))
            {
                Resource = now.Name,
                Etag = now.Etag,
            };

    private static CaseFault Unnamed(V1.Case now, List<V1.Cause> causes, string what) =>
        new(
            StatusCode.InvalidArgument,
            V1.ErrorReason.FieldMissing,
            "causes",
            $"{now.Name} has {causes.Count} {what}. Say which ones this covers: {string.Join(", ", causes.Select(cause => cause.Id))}."
        )
        {
            Resource = now.Name,
        };

    private static CaseFault NoSuchCause(V1.Case now, string cause, List<V1.Cause> causes) =>
        new(
            StatusCode.InvalidArgument,
            V1.ErrorReason.InvalidField,
            "causes",
            $"{now.Name} has no cause '{cause}'. It has {string.Join(", ", causes.Select(one => one.Id))}."
        )
        {
            Resource = now.Name,
            Cause = cause,
        };

    private static CaseFault? OnLadder(V1.Case now, V1.Recipient recipient, IReadOnlyCollection<string> causes) =>
        AnswersFor(recipient, now.Country)
        && Open(now, causes).TrueForAll(cause => ClimbOf(now, cause) is { } climb && StepOf(climb, recipient.Role) is not null)
            ? null
            : new(
                StatusCode.PermissionDenied,
                V1.ErrorReason.NotOnLadder,
                "recipient",
                $"{recipient.Name} was not asked in {now.Name}: no step that was reached is for this recipient's role and country."
            )
            {
                Resource = now.Name,
                Recipient = recipient.Name,
            };

    private static List<V1.Cause> Open(V1.Case now, IReadOnlyCollection<string> causes) =>
        [.. now.Causes.Where(cause => cause.CloseTime is null && (causes.Count == 0 || causes.Contains(cause.Id)))];

    private static V1.Climb? ClimbOf(V1.Case now, V1.Cause cause) => now.Climbs.FirstOrDefault(climb => climb.Number == cause.Climb);
}
