using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
            .Does((_, context, cancellation) => ListAsync(context, int.MaxValue, false, cancellation));

    private static EwCommand CreateList()
    {
        var limit = CommonOptions.LimitOfAll();
        var retired = CommonOptions.Flag("--retired", "With those that were retired.");
        return new EwCommand("list", "Lists the thresholds by id.", "ew thresholds list", "ew thresholds list --limit 20")
        {
            limit,
            retired,
        }.Does((parse, context, cancellation) => ListAsync(context, parse.GetValue(limit), parse.GetValue(retired), cancellation));
    }

    private static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("threshold", "The threshold's id.");
        return new EwCommand("get", "Shows a threshold.", "ew thresholds get high-risk") { id }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Thresholds.GetThresholdAsync(
                    new() { Name = NameCompletion.Of("thresholds", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Threshold, threshold => Print(context.Print, [threshold]));
            }
        );
    }

    private static EwCommand CreateApply()
    {
        var file = CommonOptions.Id(
            "file",
            "A file in YAML or proto JSON: one threshold, a list of them, several documents, or a framework file with its thresholds."
        );
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and change nothing.");
        var note = Note();
        return new EwCommand(
            "apply",
            "Creates the thresholds of a file, or replaces those that are there. A replaced one's firing breaches end as superseded.",
            "ew thresholds apply thresholds.yaml --dry-run"
        )
        {
            file,
            dryRun,
            note,
        }.Does(
            async (parse, context, cancellation) =>
            {
                foreach (var threshold in ThresholdFile.Read(parse.GetRequiredValue(file)))
                {
                    var (kept, what) = await ApplyAsync(
                        context.Suite,
                        threshold,
                        parse.GetValue(dryRun),
                        parse.GetValue(note) ?? "",
                        cancellation
                    );
                    context.Show(kept, one =>
                        context.Print.Line($"{threshold.Name}: {what}{(parse.GetValue(dryRun) ? " (dry run: nothing was changed)" : "")}")
                    );
                }

                return ExitCode.Ok;
            }
        );
    }

    private static EwCommand CreateRetire()
    {
        var id = CommonOptions.Id("threshold", "The threshold's id.");
        var etag = CommonOptions.Text("--etag", "etag", "Retire it only while it has this etag.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and change nothing.");
        var note = Note();
        return new EwCommand(
            "retire",
            "Retires a threshold for good. Its firing breaches end as superseded; its id stays taken.",
            "ew thresholds retire high-risk"
        )
        {
            id,
            etag,
            dryRun,
            note,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var request = new RetireThresholdRequest
                {
                    Name = NameCompletion.Of("thresholds", parse.GetRequiredValue(id)),
                    Etag = parse.GetValue(etag) ?? "",
                    ValidateOnly = parse.GetValue(dryRun),
                    Note = parse.GetValue(note) ?? "",
                };
                var answer = await context.Suite.Thresholds.RetireThresholdAsync(request, cancellationToken: cancellation);
                var what = request.ValidateOnly ? "would be retired; nothing was changed" : "retired";
                return context.Show(answer, _ => context.Print.Line($"{request.Name}: {what}"));
            }
        );
    }

    private static Option<string> Note() => CommonOptions.Text("--note", "text", "Why, for the record.");

    private static async Task<int> ListAsync(CommandContext context, int limit, bool retired, CancellationToken cancellation)
    {
        var thresholds = await Pages.ShownAsync<Threshold>(context.Print, limit, LargestPage, async (size, token) =>
        {
            var page = await context.Suite.Thresholds.ListThresholdsAsync(
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
        if (context.Print.Json)
        {
            context.Print.Objects(thresholds);
        }
        else
        {
            Print(context.Print, thresholds);
        }

        return ExitCode.Ok;
    }

    private static async Task<(Threshold Kept, string What)> ApplyAsync(
        SuiteConnection suite,
        Threshold threshold,
        bool dryRun,
        string note,
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
                new()
                {
                    Threshold = threshold,
                    ValidateOnly = dryRun,
                    Note = note,
                },
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
            new()
            {
                Threshold = threshold,
                ValidateOnly = dryRun,
                Note = note,
            },
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
                    NameCompletion.Id(one.Name),
                    one.DisplayName,
                    new(DisplayText.Label(one.Severity), DisplayText.ToneOf(one.Severity)),
                    NameCompletion.Id(one.Framework) + (one.Target.Length > 0 ? $" {one.Target}" : ""),
                    ConditionOf(one),
                    one.For is null ? "at once" : DisplayText.Span(one.For),
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
            Condition.Rise => $"rises by {DisplayText.Figure(one.Value)} within {DisplayText.Span(one.Window)}",
            Condition.Level => $"enters {one.Level}",
            _ => $"{DisplayText.Label(one.Condition)} {DisplayText.Figure(one.Value)}"
                + (one.HasClearingValue ? $", clears at {DisplayText.Figure(one.ClearingValue)}" : ""),
        };
}
