using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew uncertainty</c>.</summary>
internal static class UncertaintyCommand
{
    public static EwCommand Create()
    {
        var framework = Shared.Framework();
        var countries = Shared.CountryList();
        var uncertain = new UncertaintyOptions();
        var draws = Shared.Number("--draws", "How many draws, 100 to 100000. Default: 10000.");
        var confidence = Shared.Text("--confidence", "share", "The probability that a range covers. Default: 0.9.");
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var top = Shared.Number("--top", "Show the first n only. Default: all.");
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var request = new QuantifyUncertaintyRequest
                    {
                        Countries = { Shared.Countries(parse.GetValue(countries)) },
                        Uncertainties = uncertain.Read(parse),
                        Draws = parse.GetValue(draws),
                        Seed = uncertain.Seed(parse),
                        Confidence = parse.GetValue(confidence) is { } share ? Shared.Figure(share, "--confidence") : 0,
                        At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                        AsOf = Moments.Past(parse.GetValue(asOf), "--as-of", session.Terminal.Time),
                        MinimumRevisions = { After.Read(parse, after) },
                        Parent = await Shared.FrameworkAsync(parse, framework, session, cancellation),
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(session, new() { QuantifyUncertainty = request }, cancellation);
                    }

                    var answer = await session.Suite.Scoring.QuantifyUncertaintyAsync(request, cancellationToken: cancellation);
                    var most = parse.GetValue(top) is > 0 and var n ? n : int.MaxValue;
                    return session.Show(answer, simulated => Print(session.Print, simulated, most));
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
                    RiskWording.Rank(score.HasRank, score.Rank),
                    score.HasRankLower ? $"{Wording.Figure(score.RankLower)}–{Wording.Figure(score.RankUpper)}" : Wording.None,
                    score.Country,
                    Wording.Figure(score.HasScore, score.Score),
                    RiskWording.Range(score.Interval, score.HasScore),
                    score.Interval is { } range
                        ? Bars.Range(range.Lower, score.HasScore ? score.Score : double.NaN, range.Upper, from, to)
                        : "",
                    string.Join(
                        ", ",
                        score
                            .Levels.Where(level => level.Probability >= 0.005)
                            .Select(level => $"{level.Level} {Wording.Percent(level.Probability)}")
                    ),
                }
            )
        );
        Computed.Print(print, answer.Computation);
    }
}
