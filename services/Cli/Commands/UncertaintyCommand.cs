using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew uncertainty</c>.</summary>
internal static class UncertaintyCommand
{
    public static EwCommand Create()
    {
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryList();
        var uncertain = new UncertaintyOptions();
        var draws = CommonOptions.Number("--draws", "How many draws, 100 to 100000. Default: 10000.");
        var confidence = CommonOptions.Text("--confidence", "share", "The probability that a range covers. Default: 0.9.");
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var top = CommonOptions.Number("--top", "Show the first n only. Default: all.");
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        var command = new EwCommand(
            "uncertainty",
            "Simulates how sure scores and ranks are: observation errors, missing data, weights and methods.",
            "ew uncertainty --top 10",
            "ew uncertainty --countries SDN,MLI --weight-noise 0.25 --method weighting=equal"
        )
        {
            framework,
            countries,
            draws,
            confidence,
            at,
            asOf,
            top,
            after,
            detach,
        };
        uncertain.AddTo(command);
        return command
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new QuantifyUncertaintyRequest
                    {
                        Countries = { CommonOptions.Countries(parse.GetValue(countries)) },
                        Uncertainties = uncertain.Read(parse),
                        Draws = parse.GetValue(draws),
                        Seed = uncertain.Seed(parse),
                        Confidence = parse.GetValue(confidence) is { } share ? CommonOptions.Figure(share, "--confidence") : 0,
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                        AsOf = TimeOptions.Past(parse.GetValue(asOf), "--as-of", context.Terminal.Time),
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                        Parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation),
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { QuantifyUncertainty = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.QuantifyUncertaintyAsync(request, cancellationToken: cancellation);
                    var most = parse.GetValue(top) is > 0 and var n ? n : int.MaxValue;
                    return context.Show(answer, simulated => Print(context.Print, simulated, most));
                }
            )
            .Explained($"{MethodChoiceText.Form}\n\nThe bar shows where the range and the score lie among all that are shown.");
    }

    public static void Print(Printer print, QuantifyUncertaintyResponse answer, int most)
    {
        SimulatedScore[] shown = [.. answer.Scores.Take(most)];
        var ranges = shown.Select(score => score.Interval).OfType<Interval>().ToList();
        var (from, to) = ranges.Count > 0 ? (ranges.Min(range => range.Lower), ranges.Max(range => range.Upper)) : (0, 0);
        print.Table(
            [Column.Figure("rank"), "ranks 5–95 %", "country", Column.Figure("score"), "range", "", "levels"],
            shown.Select(score =>
                new Cell[]
                {
                    RiskText.Rank(score.HasRank, score.Rank),
                    score.HasRankLower ? $"{DisplayText.Figure(score.RankLower)}–{DisplayText.Figure(score.RankUpper)}" : DisplayText.None,
                    score.Country,
                    DisplayText.Figure(score.HasScore, score.Score),
                    RiskText.Range(score.Interval, score.HasScore),
                    score.Interval is { } range
                        ? RangeChart.Range(range.Lower, score.HasScore ? score.Score : double.NaN, range.Upper, from, to)
                        : "",
                    string.Join(
                        ", ",
                        score
                            .Levels.Where(level => level.Probability >= 0.005)
                            .Select(level => $"{level.Level} {DisplayText.Percent(level.Probability)}")
                    ),
                }
            )
        );
        Computed.Print(print, answer.Computation);
    }
}
