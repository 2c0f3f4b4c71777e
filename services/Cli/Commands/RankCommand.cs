using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew rank</c>.</summary>
internal static class RankCommand
{
    private const int LargestPage = 300;

    public static EwCommand Create()
    {
        var framework = Shared.Framework();
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var top = Shared.Number("--limit", "The first n only. Default: all.");
        top.Aliases.Add("--top");
        return new EwCommand("rank", "Ranks the countries, highest risk first.", "ew rank --top 10", "ew rank --framework ewp-1yr --at 2021-12-31 --json")
        {
            framework, at, asOf, top,
        }.Does(async (parse, session, cancellation) =>
        {
            var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
            var limit = parse.GetValue(top) is > 0 and var n ? n : int.MaxValue;
            var time = session.Terminal.Time;
            var request = new RankCountriesRequest
            {
                Parent = parent,
                At = Moments.Past(parse.GetValue(at), "--at", time),
                AsOf = Moments.Past(parse.GetValue(asOf), "--as-of", time),
            };
            var risks = await Pages.ShownAsync<CountryRisk>(session, limit, LargestPage, async (size, token) =>
            {
                var page = await session.Suite.Risks.RankCountriesAsync(
                    new(request) { PageSize = size, PageToken = token }, cancellationToken: cancellation);
                return (page.Risks, page.NextPageToken);
            });
            Print(session.Print, parent, risks);
            return ExitCode.Ok;
        });
    }

    private static void Print(Printer print, string parent, List<CountryRisk> risks)
    {
        if (print.Json)
        {
            print.Objects(risks);
            return;
        }

        print.Line($"{Wording.Exercise(risks.Exists(risk => risk.Exercise))}{(risks is [var first, ..] ? first.Framework : parent)}");
        print.Table(
            [Column.Figure("rank"), "code", "country", Column.Figure("score"), "level", "range", Column.Figure("coverage"), Column.Figure("trend"), "warnings"],
            risks.Select(RowOf));
    }

    private static Cell[] RowOf(CountryRisk risk) =>
    [
        risk.Rank > 0 ? risk.Rank.ToString(CultureInfo.InvariantCulture) : Wording.None,
        risk.Country,
        risk.CountryName,
        Wording.Figure(risk.HasScore, risk.Score),
        risk.Level,
        Wording.Range(risk.Interval),
        new(Wording.Percent(risk.Coverage), risk.Coverage < 0.5 ? Tone.Warn : Tone.Plain),
        risk.HasTrend ? Wording.Signed(risk.Trend) : Wording.None,
        risk.Faulty ? new Cell("faulty", Tone.Bad) : risk.FiringThresholds > 0 ? new Cell($"{risk.FiringThresholds} firing", Tone.Bad) : "",
    ];
}
