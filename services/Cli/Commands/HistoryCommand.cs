using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

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
        return new EwCommand("history", "Lists how a country's score changed, newest first.", "ew history SDN --from 90d")
        {
            country,
            framework,
            from,
            before,
            after,
            limit,
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
                var changes = await Pages.ShownAsync<RiskChange>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
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
}
