using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Plotting;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew history</c>.</summary>
internal static class HistoryCommand
{
    private const int LargestPage = 1000;

    public static EwCommand Create()
    {
        var country = CommonOptions.Country();
        var framework = CommonOptions.Framework();
        var from = CommonOptions.Text("--from", "time", "Changes at or after it, such as 2026-01-01 or 30d.");
        var before = CommonOptions.Text("--before", "time", "Changes before it.");
        var after = AfterOption.Create();
        var limit = CommonOptions.Limit(100);
        var plot = CommonOptions.Flag(
            "--plot",
            "Draw it instead: the score over time with its range and levels, all changes unless --limit is given."
        );
        return new EwCommand(
            "history",
            "Lists how a country's score changed, newest first; or draws it.",
            "ew history SDN --from 90d",
            "ew history SDN --from 2026-01-01 --plot"
        )
        {
            country,
            framework,
            from,
            before,
            after,
            limit,
            plot,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var code = NameCompletion.Country(parse.GetRequiredValue(country));
                var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                var request = new ListRiskHistoryRequest
                {
                    Name = NameCompletion.Risk(parent, code),
                    From = TimeOptions.Past(parse.GetValue(from), "--from", context.Terminal.Time),
                    Before = TimeOptions.Past(parse.GetValue(before), "--before", context.Terminal.Time),
                    MinimumRevision = AfterOption.Of(parse, after, code)(code),
                };
                var isPlot = parse.GetValue(plot) && !context.Print.Json;
                var most = isPlot && parse.GetResult(limit) is not { Implicit: false } ? int.MaxValue : parse.GetValue(limit);
                var changes = await Pages.ShownAsync<RiskChange>(context.Print, most, LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Risks.ListRiskHistoryAsync(
                        new(request) { PageSize = size, PageToken = token },
                        cancellationToken: cancellation
                    );
                    return (page.Changes, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(changes);
                    return ExitCode.Ok;
                }

                if (isPlot)
                {
                    await PlotAsync(context, request, changes, cancellation);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["time", Column.Figure("score"), "level", "by", Column.Figure("coverage"), Column.Figure("revision"), "framework"],
                    changes.Select(change =>
                        new Cell[]
                        {
                            DisplayText.Moment(change.Time),
                            DisplayText.Figure(change.HasScore, change.Score),
                            RiskText.Level(change.Level, change.LevelAtLeast),
                            change.DecidingNode,
                            RiskText.Percent(change.HasCoverage, change.Coverage),
                            DisplayText.Count(change.Revision),
                            change.Framework,
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    private static async Task PlotAsync(
        CommandContext context,
        ListRiskHistoryRequest request,
        List<RiskChange> changes,
        CancellationToken cancellation
    )
    {
        var terminal = context.Terminal;
        var data = await new HistoryReading(context.Suite, request.Name).ReadAsync(
            changes,
            request.From,
            request.Before?.ToDateTimeOffset() ?? terminal.Time.GetUtcNow(),
            terminal.Width,
            cancellation
        );
        context.Print.Line(
            $"{request.Name}, {DisplayText.Moment(Timestamp.FromDateTimeOffset(data.From))} to "
                + $"{DisplayText.Moment(Timestamp.FromDateTimeOffset(data.To))}, UTC"
        );
        if (data.Points.Count == 0)
        {
            context.Print.Line("Nothing is known of it in this time.");
            return;
        }

        foreach (var line in PlotText.Draw(data, terminal.IsUnicode ? PlotSigns.Blocks : PlotSigns.Ascii, terminal.Width))
        {
            context.Print.Line([.. line]);
        }
    }
}
