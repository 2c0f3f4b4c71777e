using CsCheck;
using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Small and random sets of forecasts with outcomes.</summary>
internal static class Forecasts
{
    /// <summary>Up to 60 of them with many ties, in three periods.</summary>
    public static Gen<ScoredOutcome[]> Any { get; } =
        Gen.Select(
            Gen.Frequency((2, Gen.Int[0, 8].Select(eighths => eighths / 8.0)), (1, Gen.Double[0, 1])),
            Gen.Bool,
            Gen.Int[2000, 2002],
            (score, outcome, period) => new ScoredOutcome(score, outcome, period)
        ).Array[1, 60];

    public static ScoredOutcome[] Of(params (double Score, int Outcome)[] cases) =>
        [.. cases.Select(item => new ScoredOutcome(item.Score, item.Outcome == 1))];

    /// <summary>The same in another order.</summary>
    public static ScoredOutcome[] Turned(ScoredOutcome[] cases) =>
        [.. cases.Select((item, i) => (item, i)).OrderBy(x => x.i * 37 % 61).Select(x => x.item)];
}
