using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew history</c>.</summary>
internal static class HistoryCommand
{
    private const int LargestPage = 1000;

    public static EwCommand Create()
    {
        var country = Shared.Country();
        var framework = Shared.Framework();
        var from = Shared.Text("--from", "time", "Changes at or after it, such as 2026-01-01 or 30d.");
        var before = Shared.Text("--before", "time", "Changes before it.");
        var after = After.Create();
        var limit = Shared.Limit(100);
        return new EwCommand("history", "Lists how a country's score changed, newest first.", "ew history SDN --from 90d")
        {
            country,
            framework,
            from,
            before,
            after,
            limit,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var code = Names.Country(parse.GetRequiredValue(country));
                var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                var request = new ListRiskHistoryRequest
                {
                    Name = Names.Risk(parent, code),
                    From = Moments.Past(parse.GetValue(from), "--from", session.Terminal.Time),
                    Before = Moments.Past(parse.GetValue(before), "--before", session.Terminal.Time),
                    MinimumRevision = After.Of(parse, after, code)(code),
                };
                var changes = await Pages.ShownAsync<RiskChange>(session, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await session.Suite.Risks.ListRiskHistoryAsync(
                        new(request) { PageSize = size, PageToken = token },
                        cancellationToken: cancellation
                    );
                    return (page.Changes, page.NextPageToken);
                });
                if (session.Print.Json)
                {
                    session.Print.Objects(changes);
                    return ExitCode.Ok;
                }

                session.Print.Table(
                    ["time", Column.Figure("score"), "level", "by", Column.Figure("coverage"), Column.Figure("revision"), "framework"],
                    changes.Select(change =>
                        new Cell[]
                        {
                            Wording.Moment(change.Time),
                            Wording.Figure(change.HasScore, change.Score),
                            RiskWording.Level(change.Level, change.LevelAtLeast),
                            change.DecidingNode,
                            RiskWording.Percent(change.HasCoverage, change.Coverage),
                            Wording.Count(change.Revision),
                            change.Framework,
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }
}
