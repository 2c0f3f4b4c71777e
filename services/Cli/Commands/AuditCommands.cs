using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew audit</c> and <c>ew audit verify</c>.</summary>
internal static class AuditCommands
{
    private const int LargestPage = 500;

    public static EwCommand Create()
    {
        var caller = CommonOptions.Text("--caller", "name", "Those of this caller only.");
        var method = CommonOptions.Text("--method", "method", "Those of this call only, such as CaseService/DecideCase, or keys.");
        var code = CommonOptions.Text("--code", "code", "Those that ended so only, such as OK or PERMISSION_DENIED.");
        var from = CommonOptions.Text("--from", "time", "Those of this moment and later, such as 2026-11-01, or 7d (ago).");
        var before = CommonOptions.Text("--before", "time", "Those before this moment, such as 2026-12-01, or 1d (ago).");
        var limit = CommonOptions.Limit(50);
        return new EwCommand(
            "audit",
            "Lists who did what and who was refused, the newest first.",
            "ew audit --code PERMISSION_DENIED --from 7d",
            "ew audit verify"
        )
        {
            caller,
            method,
            code,
            from,
            before,
            limit,
            CreateVerify(),
        }.Does(
            async (parse, context, cancellation) =>
            {
                var (start, end) = (
                    TimeOptions.Past(parse.GetValue(from), "--from", context.Terminal.Time),
                    TimeOptions.Past(parse.GetValue(before), "--before", context.Terminal.Time)
                );
                var entries = await Pages.ShownAsync<AuditEntry>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Audit.ListAuditEntriesAsync(
                        new()
                        {
                            Caller = parse.GetValue(caller) ?? "",
                            Method = parse.GetValue(method) ?? "",
                            Code = parse.GetValue(code) ?? "",
                            FromTime = start,
                            BeforeTime = end,
                            PageSize = size,
                            PageToken = token,
                        },
                        cancellationToken: cancellation
                    );
                    return (page.Entries, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(entries);
                }
                else
                {
                    Print(context.Print, entries);
                }

                return ExitCode.Ok;
            }
        );
    }

    private static EwCommand CreateVerify()
    {
        var head = CommonOptions.Text(
            "--head",
            "position:hash",
            "An end of the chain that was written down elsewhere, which it must " + "still have."
        );
        return new EwCommand(
            "verify",
            "Recomputes the chain of all entries, and says whether one was changed, left out or cut off.",
            "ew audit verify",
            "ew audit verify --head 1284:9f2c…"
        )
        {
            head,
        }
            .Explained(
                "The chain's end is in `ew status` and in the suite's log. Whoever may write into the store can make the chain anew: "
                    + "only an end\n"
                    + "that was written down where they cannot write proves that nothing before it was changed."
            )
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new VerifyAuditRequest { Known = parse.GetValue(head) is { } known ? Link(known) : null };
                    var answer = await context.Suite.Audit.VerifyAuditAsync(request, cancellationToken: cancellation);
                    context.Show(answer, found =>
                    {
                        context.Print.Line(found.Whole ? $"whole; entries: {DisplayText.Count(found.Looked)}" : "NOT WHOLE");
                        foreach (var fault in found.Faults)
                        {
                            context.Print.Line($"  {fault}");
                        }

                        context.Print.Line($"begins after {Text(found.Start)}");
                        context.Print.Line($"ends with {Text(found.Head)}");
                    });
                    return answer.Whole ? ExitCode.Ok : ExitCode.Failed;
                }
            );
    }

    private static AuditLink Link(string text) =>
        text.Split(':') is [var position, var hash]
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new() { Position = number, Hash = hash }
            : throw new CliException(
                $"--head: '{text}' is no end of the chain. Write it as `ew status` does: the position, a colon, the hash."
            );

    private static string Text(AuditLink link) => FormattableString.Invariant($"{link.Position}:{link.Hash}");

    private static void Print(Printer print, IEnumerable<AuditEntry> entries) =>
        print.Table(
            ["when", "who", "from", "call", "about", "outcome", Column.Figure("times")],
            entries.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.Time),
                    one.CallerVerified ? one.Caller : $"{one.Caller} (unverified)",
                    one.Peer,
                    one.Method[(one.Method.LastIndexOf('.') + 1)..],
                    one.Resource,
                    new(one.Reason.Length > 0 ? one.Reason : one.Code, one.Code == "OK" ? Tone.Plain : Tone.Bad),
                    DisplayText.Count(one.Count),
                }
            )
        );
}
