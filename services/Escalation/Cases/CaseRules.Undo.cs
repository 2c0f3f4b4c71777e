using Grpc.Core;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>What may be taken back.</content>
internal static partial class CaseRules
{
    /// <summary>
    /// The answer of a recipient that stands, and its step: the last one where several do; <see langword="null"/> without one.
    /// </summary>
    public static (V1.Step Step, V1.StepAcknowledgement Answer)? AnswerOf(V1.Climb climb, string recipient) =>
        climb
            .Steps.SelectMany(step => step.Acknowledgements.Select(answer => (Step: step, Answer: answer)))
            .Where(one => one.Answer.Recipient == recipient && one.Answer.WithdrawTime is null)
            .Select(one => ((V1.Step, V1.StepAcknowledgement)?)one)
            .LastOrDefault();

    /// <summary>The causes that people ended: those named, or all.</summary>
    public static List<V1.Cause> StoodDown(V1.Case now, IReadOnlyCollection<string> causes) =>
        [.. now.Causes.Where(cause => cause.State == State.StoodDown && (causes.Count == 0 || causes.Contains(cause.Id)))];

    /// <summary>Checks a withdrawal.</summary>
    public static CaseFault? Withdraw(V1.Case now, V1.Recipient recipient, IReadOnlyCollection<string> causes, string etag)
    {
        if (Present(now, causes, etag) is { } fault)
        {
            return fault;
        }

        foreach (var cause in Open(now, causes))
        {
            var answer = ClimbOf(now, cause) is { } climb ? AnswerOf(climb, recipient.Name)?.Answer : null;
            if (answer is null)
            {
                return new(
                    StatusCode.FailedPrecondition,
                    V1.ErrorReason.NotAcknowledged,
                    "",
                    $"No acknowledgement of {cause.Id} in {now.Name} by {recipient.Name} stands: none was given, it was withdrawn already, "
                        + "or the step was asked anew since. There is nothing to withdraw."
                )
                {
                    Resource = now.Name,
                    Cause = cause.Id,
                    Recipient = recipient.Name,
                };
            }

            if (answer.Decided)
            {
                return new(
                    StatusCode.FailedPrecondition,
                    V1.ErrorReason.DecidedSince,
                    "",
                    $"A decision on {cause.Id} in {now.Name} goes by the acknowledgement of {recipient.Name}, which can no longer be "
                        + "withdrawn. Record another decision: to consult further has the next step asked on its date."
                )
                {
                    Resource = now.Name,
                    Cause = cause.Id,
                    Recipient = recipient.Name,
                };
            }
        }

        return null;
    }

    /// <summary>Checks a reopening. To ask again silences nobody, so whoever answers for the country may.</summary>
    /// <param name="now">The case.</param>
    /// <param name="open">The country's open case; <see langword="null"/> without one.</param>
    /// <param name="recipient">Who reopens it.</param>
    /// <param name="causes">Which causes; empty for the one that was stood down.</param>
    /// <param name="etag">The etag that it must have; empty for any.</param>
    public static CaseFault? Reopen(V1.Case now, V1.Case? open, V1.Recipient recipient, IReadOnlyCollection<string> causes, string etag)
    {
        if (Stale(now, etag) is { } stale)
        {
            return stale;
        }

        if (!AnswersFor(recipient, now.Country))
        {
            return new(
                StatusCode.PermissionDenied,
                V1.ErrorReason.NotOnLadder,
                "recipient",
                $"{recipient.Name} does not answer for {now.Country}."
            )
            {
                Resource = now.Name,
                Recipient = recipient.Name,
            };
        }

        if (open is not null && open.Name != now.Name)
        {
            return new(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.OtherCaseOpen,
                "",
                $"{now.Country} has another open case, {open.Name}, and can have one only. Act in that one; {now.Name} can be reopened "
                    + "when that one is closed."
            )
            {
                Resource = open.Name,
            };
        }

        return Endings(now, causes);
    }

    private static CaseFault? Endings(V1.Case now, IReadOnlyCollection<string> causes)
    {
        var ended = StoodDown(now, []);
        if (causes.FirstOrDefault(id => ended.TrueForAll(cause => cause.Id != id)) is { } other)
        {
            return now.Causes.FirstOrDefault(cause => cause.Id == other) is { } there
                ? NotStoodDown(
                    now,
                    there.CloseTime is null
                        ? $"{other} is open in {now.Name}: there is nothing to reopen."
                        : $"{other} ended in {now.Name} because its thresholds were retired. A threshold that is made anew begins anew.",
                    other
                )
                : NoSuchCause(now, other, ended);
        }

        return (causes.Count, ended.Count) switch
        {
            (0, 0) => NotStoodDown(now, $"Nothing of {now.Name} was stood down: there is nothing to reopen.", ""),
            (0, > 1) => Unnamed(now, ended, "causes that were stood down"),
            _ => null,
        };
    }

    private static CaseFault NotStoodDown(V1.Case now, string message, string cause) =>
        new(StatusCode.FailedPrecondition, V1.ErrorReason.NotStoodDown, cause.Length > 0 ? "causes" : "", message)
        {
            Resource = now.Name,
            Cause = cause,
        };
}
