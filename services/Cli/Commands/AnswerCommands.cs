using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew acknowledge</c>, <c>ew decide</c> and <c>ew stand-down</c>, and what takes them back.</summary>
internal static partial class AnswerCommands
{
    private static readonly Dictionary<string, Decision> s_decisions = Enum.GetValues<Decision>()
        .Where(decision => decision != Decision.Unspecified)
        .ToDictionary(decision => DisplayText.Label(decision).Replace(' ', '-'));

    public static EwCommand CreateAcknowledge() =>
        OfAcknowledgement(
            "acknowledge",
            "Acknowledges a case for a recipient: answers that recipient's step and starts the deadline for a decision.",
            "ew acknowledge 3c1f0a77d2b4 --as recipients/focal-point-sdn --note \"Calling the ministry\"",
            "acknowledged",
            async (context, act, cancellation) =>
                (
                    await context.Suite.Cases.AcknowledgeCaseAsync(
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

    public static EwCommand CreateDecide()
    {
        var id = CommonOptions.Id("case", "The case's id.");
        var (recipient, causes, all) = (Recipient(), Causes(), All());
        var decision = CommonOptions.Text("--decision", "what", $"One of {string.Join(", ", s_decisions.Keys)}.");
        decision.Required = true;
        decision.AcceptOnlyFromAmong([.. s_decisions.Keys]);
        var rationale = CommonOptions.Text("--rationale", "text", "Why, for the record.");
        rationale.Required = true;
        var seized = CommonOptions.Text(
            "--seized-until",
            "time",
            "When the case is to be looked at again, such as 14d or 2027-01-31. Needed to consult further and to remain seized."
        );
        return new EwCommand(
            "decide",
            "Records a decision on causes of a case.",
            "ew decide 3c1f0a77d2b4 --as recipients/ministry-sdn --decision remain-seized --rationale \"Talks have begun\" "
                + "--seized-until 14d"
        )
        {
            id,
            recipient,
            decision,
            rationale,
            seized,
            causes,
            all,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var covered = await CoveredAsync(
                    context,
                    parse.GetRequiredValue(id),
                    parse.GetValue(causes),
                    parse.GetValue(all),
                    cancellation
                );
                return Answer(
                    context,
                    (
                        await context.Suite.Cases.DecideCaseAsync(
                            new()
                            {
                                Name = NameCompletion.Of("cases", parse.GetRequiredValue(id)),
                                Recipient = NameCompletion.Of("recipients", parse.GetRequiredValue(recipient)),
                                Decision = s_decisions[parse.GetRequiredValue(decision)],
                                Rationale = parse.GetRequiredValue(rationale),
                                SeizedUntil = TimeOptions.Ahead(parse.GetValue(seized), "--seized-until", context.Terminal.Time),
                                Causes = { covered.Causes },
                                Etag = covered.Etag,
                                RequestId = Guid.NewGuid().ToString(),
                            },
                            cancellationToken: cancellation
                        )
                    ).Case,
                    "decision recorded"
                );
            }
        );
    }

    public static EwCommand CreateStandDown()
    {
        var id = CommonOptions.Id("case", "The case's id.");
        var (recipient, causes, all) = (Recipient(), Causes(), All());
        var reason = CommonOptions.Text("--reason", "text", "Why, for the record.");
        reason.Required = true;
        var firing = CommonOptions.Flag("--although-firing", "End it even while a breach of it fires.");
        return new EwCommand(
            "stand-down",
            "Ends causes of a case with a reason, and the case with the last of them.",
            "ew stand-down 3c1f0a77d2b4 --as recipients/ministry-sdn --reason \"The report was withdrawn\""
        )
        {
            id,
            recipient,
            reason,
            firing,
            causes,
            all,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var covered = await CoveredAsync(
                    context,
                    parse.GetRequiredValue(id),
                    parse.GetValue(causes),
                    parse.GetValue(all),
                    cancellation
                );
                return Answer(
                    context,
                    (
                        await context.Suite.Cases.StandDownCaseAsync(
                            new()
                            {
                                Name = NameCompletion.Of("cases", parse.GetRequiredValue(id)),
                                Recipient = NameCompletion.Of("recipients", parse.GetRequiredValue(recipient)),
                                Reason = parse.GetRequiredValue(reason),
                                AlthoughFiring = parse.GetValue(firing),
                                Causes = { covered.Causes },
                                Etag = covered.Etag,
                                RequestId = Guid.NewGuid().ToString(),
                            },
                            cancellationToken: cancellation
                        )
                    ).Case,
                    "stood down"
                );
            }
        );
    }

    private static Option<string> Recipient() =>
        new("--as")
        {
            Description = "On whose behalf: recipients/{id} of the directory.",
            HelpName = "recipient",
            Required = true,
        };

    private static Option<string[]> Causes() =>
        new("--cause")
        {
            Description = "A cause that this covers, as the case names it; may be repeated. Needed where the case has several open ones.",
            HelpName = "cause",
            AllowMultipleArgumentsPerToken = true,
        };

    private static Option<bool> All() => CommonOptions.Flag("--all", "Covers all open causes of the case as it stands when this is run.");

    /// <summary>
    /// The causes that an act covers; with all of them the etag of the case that was looked at, so that one which joins meanwhile is not.
    /// </summary>
    private static async Task<(IReadOnlyList<string> Causes, string Etag)> CoveredAsync(
        CommandContext context,
        string id,
        string[]? causes,
        bool all,
        CancellationToken cancellation
    )
    {
        if (!all)
        {
            return (causes ?? [], "");
        }

        if (causes is { Length: > 0 })
        {
            throw new CliException("give --cause or --all, not both.");
        }

        var now = (
            await context.Suite.Cases.GetCaseAsync(new() { Name = NameCompletion.Of("cases", id) }, cancellationToken: cancellation)
        ).Case;
        return ([.. now.Causes.Where(cause => cause.CloseTime is null).Select(cause => cause.Id)], now.Etag);
    }

    private static int Answer(CommandContext context, Case answered, string what) => context.Show(answered, one =>
        {
            context.Print.Line(new Cell($"{one.Name}: {what}", Tone.Good));
            context.Print.Line(
                $"state {DisplayText.Label(one.State)}, due {DisplayText.Moment(one.DueTime)}: {(one.Due.Length > 0 ? one.Due : "nothing")}"
            );
        });
}
