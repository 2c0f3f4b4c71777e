using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew rank</c>.</summary>
internal static class RankCommand
{
    private const int LargestPage = 300;

    public static EwCommand Create()
    {
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryFilter();
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var top = CommonOptions.Number("--limit", "The first n only. Default: all.");
        top.Aliases.Add("--top");
        var after = AfterOption.Create();
        return new EwCommand(
            "rank",
            "Ranks the countries, or those of --country among themselves, by level, then by score; those with insufficient data apart.",
            "ew rank --top 10",
            "ew rank --country KEN --country UGA",
            "ew rank --framework ewp-1yr --at 2021-12-31 --json"
        )
        {
            framework,
            countries,
            at,
            asOf,
            top,
            after,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                var limit = parse.GetValue(top) is > 0 and var n ? n : int.MaxValue;
                var time = context.Terminal.Time;
                var request = new RankCountriesRequest
                {
                    Parent = parent,
                    Countries = { CommonOptions.Countries(parse, countries) },
                    At = TimeOptions.Past(parse.GetValue(at), "--at", time),
                    AsOf = TimeOptions.Past(parse.GetValue(asOf), "--as-of", time),
                    MinimumRevisions = { AfterOption.Read(parse, after) },
                };
                var asked = "";
                var unreached = new SortedSet<string>(StringComparer.Ordinal);
                var risks = await Pages.ShownAsync<CountryRisk>(context.Print, limit, LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Risks.RankCountriesAsync(
                        new(request) { PageSize = size, PageToken = token },
                        cancellationToken: cancellation
                    );
                    unreached.UnionWith(page.Unreached);
                    asked = Computed.Ranking(page);
                    return ([.. page.Risks, .. page.Insufficient], page.NextPageToken);
                });
                Print(context.Print, parent, risks, asked);
                if (unreached.Count > 0)
                {
                    context.Print.Note($"ew: Not in the ranking, because they did not answer: {string.Join(", ", unreached)}.");
                }

                return ExitCode.Ok;
            }
        );
    }

    private static void Print(Printer print, string parent, List<CountryRisk> risks, string asked)
    {
        if (print.Json)
        {
            print.Objects(risks);
            return;
        }

        print.Line($"{DisplayText.Exercise(risks.Exists(risk => risk.Exercise))}{(risks is [var first, ..] ? first.Framework : parent)}");
        print.Line(new Cell(asked, Tone.Dim));
        var ranked = risks.Where(risk => risk.State == DataState.Sufficient).ToList();
        print.Table(
            [
                Column.Figure("rank"),
                "code",
                "country",
                "level",
                Column.Figure("score"),
                "range",
                Column.Figure("coverage"),
                Column.Figure("trend"),
                "by",
                "warnings",
            ],
            ranked.Select(RowOf)
        );
        var insufficient = risks.Where(risk => risk.State != DataState.Sufficient).ToList();
        if (insufficient.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line($"insufficient data ({insufficient.Count}): no score and no rank, which does not mean a low risk");
        print.Table(
            ["code", "country", "level", "by", Column.Figure("coverage"), "warnings", "missing"],
            insufficient.Select(InsufficientRowOf)
        );
    }

    private static Cell[] RowOf(CountryRisk risk) =>
        [
            RiskText.Rank(risk.HasRank, risk.Rank),
            risk.Country,
            risk.CountryName,
            risk.Level,
            DisplayText.Figure(risk.HasScore, risk.Score),
            RiskText.Range(risk.Interval, risk.HasScore),
            RiskText.Coverage(risk.HasCoverage, risk.Coverage),
            risk.HasTrend ? DisplayText.Signed(risk.Trend) : DisplayText.None,
            risk.DecidingNodeName,
            WarningsOf(risk),
        ];

    private static Cell[] InsufficientRowOf(CountryRisk risk) =>
        [
            risk.Country,
            risk.CountryName,
            risk.LevelAtLeast.Length > 0 ? new Cell($"{risk.LevelAtLeast} or higher", Tone.Warn) : "not known",
            risk.DecidingNodeName,
            RiskText.Coverage(risk.HasCoverage, risk.Coverage),
            WarningsOf(risk),
            RiskText.Missing(risk, 3),
        ];

    private static Cell WarningsOf(CountryRisk risk) =>
        risk.Faulty ? new Cell("faulty", Tone.Bad)
        : risk.FiringThresholds > 0 ? new Cell($"{risk.FiringThresholds} firing", Tone.Bad)
        : "";
}
