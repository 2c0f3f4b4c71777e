using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Engine.Tests.Evaluation;

/// <summary>
/// Seven units over three periods with ties within and between them, beside R's figures: forecasts.R in this folder computes them by base
/// R's formulas (R 4.2.2, <c>Rscript forecasts.R</c>).
/// </summary>
public class ReferenceFiguresTests
{
    private static readonly double[] Probabilities =
    [
        .10,
        .20,
        .20,
        .50,
        .05,
        .30,
        .30,
        .20,
        .20,
        .40,
        .50,
        .05,
        .05,
        .30,
        .10,
        .40,
        .40,
        .70,
        .10,
        .30,
        .05,
    ];

    private static readonly int[] Came = [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0];

    private static readonly ScoredOutcome[] Cases =
    [
        .. Probabilities.Select((p, i) => new ScoredOutcome(p, Came[i] == 1, 2001 + (i / 7), $"{(char)('A' + (i % 7))}")),
    ];

    [Fact]
    public void AreaUnderRoc_WithTies_EqualsRs()
    {
        var single = AreaUnderRoc.Measure([.. Cases.Select(one => one with { Country = "" })])!;
        var clustered = AreaUnderRoc.Measure(Cases)!;

        Assert.Equal(0.84693877551020413, single.Value, 1e-14);
        Assert.Equal(0.083059225178020293, single.StandardError!.Value, 1e-14);
        Assert.Equal(0.6841456855774819, single.Low!.Value, 1e-9);
        Assert.Equal(1, single.High);
        Assert.Equal(0.84693877551020413, clustered.Value, 1e-14);
        Assert.Equal(0.082366353479032581, clustered.StandardError!.Value, 1e-14);
        Assert.Equal(0.68550368915340498, clustered.Low!.Value, 1e-9);
    }

    [Fact]
    public void Measures_WithTies_EqualRs()
    {
        var brier = BrierScore.Measure(Cases);
        var line = CalibrationLine.Fit(Cases)!;
        var listed = TopRanked.Measure(Cases, 4);

        Assert.Equal(0.67142857142857137, ThresholdCurve.Measure(Cases)!.AveragePrecision, 1e-14);
        Assert.Equal(0.16333333333333333, brier.Score, 1e-14);
        Assert.Equal(0.26500000000000001, 1 - (brier.Score / brier.Uncertainty), 1e-14);
        Assert.Equal(0.47656167523822246, LogScore.Measure(Cases), 1e-14);
        Assert.Equal(1.1784103488180329, line.Intercept, 1e-10);
        Assert.Equal(1.8155370895899148, line.Slope, 1e-10);

        // Two of 0.2 share the fourth place of 2001; one of them had the event, so half of it counts.
        Assert.Equal([2.5, 1, 3], listed.Periods.Select(period => period.Hits));
        Assert.Equal(0.9285714285714286, listed.Recall!.Value, 1e-14);
        Assert.Equal(0.54166666666666663, listed.Precision!.Value, 1e-14);
        Assert.Equal(0.84615384615384615, listed.FalseAlarmsPerHit!.Value, 1e-14);
    }

    [Theory]
    [InlineData(0.2, 0.2, 0.2, 0.2)]
    [InlineData(0.1, 0.4, 0.2, 0.3)]
    [InlineData(0.4, 0.1, 0.3, 0.2)]
    [InlineData(0.0, 0.3, 0.4, 0.2)]
    [InlineData(0.1, 0.3, 1.0, 0.2)]
    public void CalibrationLine_ThatCannotBeFitted_IsNone(params double[] probabilities)
    {
        // The second and fourth had the event: all the same, told apart upwards and downwards, a probability of 0 or 1.
        ScoredOutcome[] cases = [.. probabilities.Select((p, i) => new ScoredOutcome(p, i % 2 == 1))];

        Assert.Null(CalibrationLine.Fit(cases));
    }
}
