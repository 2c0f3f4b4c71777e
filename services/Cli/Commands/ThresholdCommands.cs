using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Thresholds;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew thresholds</c> and what is under it.</summary>
internal static class ThresholdCommands
{
    private const int LargestPage = 1000;

    public static EwCommand Create() =>
        new EwCommand(
            "thresholds",
            "Lists the thresholds; shows, applies or retires one.",
            "ew thresholds",
            "ew thresholds get high-risk --json",
            "ew thresholds apply thresholds.yaml"
        )
        {
            CreateList(),
            CreateGet(),
            CreateApply(),
            CreateRetire(),
        }
            .Also("threshold")
            .Does((_, session, cancellation) => ListAsync(session, int.MaxValue, false, cancellation));

    private static EwCommand CreateList()
    {
        var limit = Shared.LimitOfAll();
        var retired = Shared.Flag("--retired", "With those that were retired.");
        return new EwCommand("list", "Lists the thresholds by id.", "ew thresholds list", "ew thresholds list --limit 20")
        {
            limit,
            retired,
        }.Does((parse, session, cancellation) => ListAsync(session, parse.GetValue(limit), parse.GetValue(retired), cancellation));
    }

    private static EwCommand CreateGet()
    {
        var id = Shared.Id("threshold", "The threshold's id.");
        return new EwCommand("get", "Shows a threshold.", "ew thresholds get high-risk") { id }.Does(
            async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Thresholds.GetThresholdAsync(
                    new() { Name = Names.Of("thresholds", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Threshold, threshold => Print(session.Print, [threshold]));
            }
        );
    }

    private static EwCommand CreateApply()
    {
        var file = Shared.Id(
            "file",
            "A file in YAML or proto JSON: one threshold, a list of them, several documents, or a framework file with its thresholds."
        );
        var dryRun = Shared.Flag("--dry-run", "Check everything and change nothing.");
        return new EwCommand(
            "apply",
            "Creates the thresholds of a file, or replaces those that are there. A replaced one's firing breaches end as superseded.",
            "ew thresholds apply thresholds.yaml --dry-run"
        )
        {
            file,
            dryRun,
        }.Does(
            async (parse, session, cancellation) =>
            {
                foreach (var threshold in ThresholdFile.Read(parse.GetRequiredValue(file)))
                {
                    var (kept, what) = await ApplyAsync(session.Suite, threshold, parse.GetValue(dryRun), cancellation);
                    session.Show(kept, one =>
                        session.Print.Line($"{threshold.Name}: {what}{(parse.GetValue(dryRun) ? " (dry run: nothing was changed)" : "")}")
                    );
                }

                return ExitCode.Ok;
            }
        );
    }

    private static EwCommand CreateRetire()
    {
        var id = Shared.Id("threshold", "The threshold's id.");
        var etag = Shared.Text("--etag", "etag", "Retire it only while it has this etag.");
        var dryRun = Shared.Flag("--dry-run", "Check everything and change nothing.");
        return new EwCommand(
            "retire",
            "Retires a threshold for good. Its firing breaches end as superseded; its id stays taken.",
            "ew thresholds retire high-risk"
        )
        {
            id,
            etag,
            dryRun,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var request = new RetireThresholdRequest
                {
                    Name = Names.Of("thresholds", parse.GetRequiredValue(id)),
                    Etag = parse.GetValue(etag) ?? "",
                    ValidateOnly = parse.GetValue(dryRun),
                };
                var answer = await session.Suite.Thresholds.RetireThresholdAsync(request, cancellationToken: cancellation);
                var what = request.ValidateOnly ? "would be retired; nothing was changed" : "retired";
                return session.Show(answer, _ => session.Print.Line($"{request.Name}: {what}"));
            }
        );
    }

    private static async Task<int> ListAsync(Session session, int limit, bool retired, CancellationToken cancellation)
    {
        var thresholds = await Pages.ShownAsync<Threshold>(session, limit, LargestPage, async (size, token) =>
        {
            var page = await session.Suite.Thresholds.ListThresholdsAsync(
                new()
                {
                    PageSize = size,
                    PageToken = token,
                    ShowRetired = retired,
                },
                cancellationToken: cancellation
            );
            return (page.Thresholds, page.NextPageToken);
        });
        if (session.Print.Json)
        {
            session.Print.Objects(thresholds);
        }
        else
        {
            Print(session.Print, thresholds);
        }

        return ExitCode.Ok;
    }

    private static async Task<(Threshold Kept, string What)> ApplyAsync(
        Suite suite,
        Threshold threshold,
        bool dryRun,
        CancellationToken cancellation
    )
    {
        Threshold present;
        try
        {
            present = (
                await suite.Thresholds.GetThresholdAsync(new() { Name = threshold.Name }, cancellationToken: cancellation)
            ).Threshold;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            var created = await suite.Thresholds.CreateThresholdAsync(
                new() { Threshold = threshold, ValidateOnly = dryRun },
                cancellationToken: cancellation
            );
            return (created.Threshold, "created");
        }

        // Replacing a threshold ends its firing breaches, so the same file applied again must change nothing.
        if (WithoutOutput(present, threshold.Etag).Equals(WithoutOutput(threshold, threshold.Etag)))
        {
            return (present, "unchanged");
        }

        var updated = await suite.Thresholds.UpdateThresholdAsync(
            new() { Threshold = threshold, ValidateOnly = dryRun },
            cancellationToken: cancellation
        );
        return (updated.Threshold, "replaced");
    }

    private static Threshold WithoutOutput(Threshold threshold, string etag)
    {
        var copy = threshold.Clone();
        copy.Etag = etag;
        copy.Revision = 0;
        copy.UpdateTime = null;
        copy.RetireTime = null;
        return copy;
    }

    private static void Print(Printer print, IEnumerable<Threshold> thresholds) =>
        print.Table(
            ["threshold", "name", "severity", "watches", "condition", "for", "countries", "state"],
            thresholds.Select(one =>
                new Cell[]
                {
                    Names.Id(one.Name),
                    one.DisplayName,
                    new(Wording.Label(one.Severity), Wording.ToneOf(one.Severity)),
                    Names.Id(one.Framework) + (one.Target.Length > 0 ? $" {one.Target}" : ""),
                    ConditionOf(one),
                    one.For is null ? "at once" : Wording.Span(one.For),
                    one.Countries.Count > 0 ? string.Join(' ', one.Countries) : "all",
                    one.RetireTime is not null ? new Cell("retired", Tone.Warn)
                    : one.Disabled ? new Cell("disabled", Tone.Warn)
                    : "on",
                }
            )
        );

    private static string ConditionOf(Threshold one) =>
        one.Condition switch
        {
            Condition.Rise => $"rises by {Wording.Figure(one.Value)} within {Wording.Span(one.Window)}",
            Condition.Level => $"enters {one.Level}",
            _ => $"{Wording.Label(one.Condition)} {Wording.Figure(one.Value)}"
                + (one.HasClearingValue ? $", clears at {Wording.Figure(one.ClearingValue)}" : ""),
        };
}
