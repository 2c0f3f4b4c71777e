using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <content><c>ew withdraw</c> and <c>ew reopen</c>.</content>
internal static partial class AnswerCommands
{
    public static EwCommand CreateWithdraw() =>
        OfAcknowledgement(
            "withdraw",
            "Withdraws a recipient's acknowledgement that was given by mistake: its step counts as not answered, and is late at once "
                + "where its time has passed.",
            "ew withdraw 3c1f0a77d2b4 --as recipients/focal-point-sdn --note \"It was another case\"",
            "acknowledgement withdrawn",
            async (context, act, cancellation) =>
                (
                    await context.Suite.Cases.WithdrawAcknowledgementAsync(
                        new()
                        {
                            Name = act.Case,
                            Recipient = act.Recipient,
                            Note = act.Note,
                            Causes = { act.Causes },
                            Etag = act.Etag,
                            RequestId = act.RequestId,
                        },
                        cancellationToken: cancellation
                    )
                ).Case
        );

    public static EwCommand CreateReopen()
    {
        var id = CommonOptions.Id("case", "The case's id.");
        var (recipient, causes) = (Recipient(), Causes());
        var reason = CommonOptions.Text("--reason", "text", "Why, for the record.");
        reason.Required = true;
        return new EwCommand(
            "reopen",
            "Reopens causes that were stood down by mistake: each goes on where it stood, and what has passed meanwhile is late at once.",
            "ew reopen 3c1f0a77d2b4 --as recipients/operations-desk --reason \"It was another case\""
        )
        {
            id,
            recipient,
            reason,
            causes,
        }.Does(
            async (parse, context, cancellation) =>
                Answer(
                    context,
                    (
                        await context.Suite.Cases.ReopenCaseAsync(
                            new()
                            {
                                Name = NameCompletion.Of("cases", parse.GetRequiredValue(id)),
                                Recipient = NameCompletion.Of("recipients", parse.GetRequiredValue(recipient)),
                                Reason = parse.GetRequiredValue(reason),
                                Causes = { parse.GetValue(causes) ?? [] },
                                RequestId = Guid.NewGuid().ToString(),
                            },
                            cancellationToken: cancellation
                        )
                    ).Case,
                    "reopened"
                )
        );
    }

    /// <summary>A command that gives an acknowledgement or takes it back.</summary>
    private static EwCommand OfAcknowledgement(
        string name,
        string description,
        string example,
        string done,
        Func<CommandContext, NotedAct, CancellationToken, Task<Case>> send
    )
    {
        var id = CommonOptions.Id("case", "The case's id.");
        var (recipient, causes, all) = (Recipient(), Causes(), All());
        var note = CommonOptions.Text("--note", "text", "A note for the record.");
        return new EwCommand(name, description, example) { id, recipient, note, causes, all }.Does(
            async (parse, context, cancellation) =>
            {
                var covered = await CoveredAsync(
                    context,
                    parse.GetRequiredValue(id),
                    parse.GetValue(causes),
                    parse.GetValue(all),
                    cancellation
                );
                NotedAct act = new(
                    NameCompletion.Of("cases", parse.GetRequiredValue(id)),
                    NameCompletion.Of("recipients", parse.GetRequiredValue(recipient)),
                    parse.GetValue(note) ?? "",
                    covered.Causes,
                    covered.Etag,
                    Guid.NewGuid().ToString()
                );
                return Answer(context, await send(context, act, cancellation), done);
            }
        );
    }

    private sealed record NotedAct(string Case, string Recipient, string Note, IReadOnlyList<string> Causes, string Etag, string RequestId);
}
