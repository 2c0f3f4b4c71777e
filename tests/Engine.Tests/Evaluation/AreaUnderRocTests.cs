using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation;

public class AreaUnderRocTests
{
    [Fact]
    public void Measure_AnyCases_EqualsTheDefinitions() =>
        Forecasts.Any.Sample(any =>
        {
            // Without countries, so that every case is by itself.
            var cases = any.Select(item => item with { Country = "" }).ToArray();
            var events = cases.Where(item => item.Outcome).Select(item => item.Score).ToArray();
            var others = cases.Where(item => !item.Outcome).Select(item => item.Score).ToArray();

            var area = AreaUnderRoc.Measure(cases);

            Assert.Equal(events.Length == 0 || others.Length == 0, area is null);
            if (area is null)
                return;
            Assert.Equal(events.Average(e => others.Average(o => Above(e, o))), area.Value, 1e-12);
            Assert.Equal(events.Length < 2 || others.Length < 2, area.StandardError is null);
            if (area.StandardError is null)
                return;
            var byEvent = events.Select(e => others.Average(o => Above(e, o))).ToArray();
            var byOther = others.Select(o => events.Average(e => Above(e, o))).ToArray();
            var error = Math.Sqrt((Variance(byEvent) / events.Length) + (Variance(byOther) / others.Length));
            Assert.Equal(error, area.StandardError!.Value, 1e-7);
            Assert.False(area.Clustered);
            Assert.Equal(area.StandardError == 0, area.Low is null);
            if (area.Low is null)
                return;
            Assert.Equal(Math.Max(0, area.Value - (1.959963984540054 * error)), area.Low!.Value, 1e-6);
            Assert.Equal(Math.Min(1, area.Value + (1.959963984540054 * error)), area.High!.Value, 1e-6);
        });

    [Fact]
    public void Measure_CasesInAnotherOrder_IsTheSame() =>
        Forecasts.Any.Sample(cases => Assert.Equal(AreaUnderRoc.Measure(cases), AreaUnderRoc.Measure(Forecasts.Turned(cases))));

    [Fact]
    public void Measure_ScoresMappedByARisingFunction_IsTheSame() =>
        Forecasts.Any.Sample(cases =>
        {
            var sorted = cases.Select(item => item.Score).Distinct().Order().ToList();
            var mapped = cases.Select(item => item with { Score = Math.Pow(sorted.IndexOf(item.Score), 3) - 7 }).ToArray();

            Assert.Equal(AreaUnderRoc.Measure(cases), AreaUnderRoc.Measure(mapped));
        });

    [Fact]
    public void Measure_Cases_ByHand()
    {
        // Of six pairs (event, other): 0.9 beats all three, 0.5 beats 0.1, ties with 0.5 and loses to 0.6: (3 + 1.5) / 6 = 0.75.
        Assert.Equal(0.75, AreaUnderRoc.Measure(Forecasts.Of((0.9, 1), (0.5, 1), (0.5, 0), (0.1, 0), (0.6, 0)))!.Value, 1e-15);
    }

    [Fact]
    public void Measure_ScoreIsNotANumber_IsRefused()
    {
        ScoredOutcome[] cases = [new(1, true, 2001, "A"), new(double.NaN, false, 2001, "B")];

        Assert.Equal("cases[1] (B, 2001)", Assert.Throws<FittingException>(() => AreaUnderRoc.Measure(cases)).Subject);
    }

    [Fact]
    public void Measure_CountriesWithSeveralCases_CountsThemTogether()
    {
        // Each case twice is no more evidence than once: the error stays as it was, where DeLong's alone would fall by the root of two.
        (double Score, int Outcome)[] once = [(0.9, 1), (0.5, 1), (0.5, 0), (0.1, 0), (0.6, 0), (0.7, 1)];
        ScoredOutcome[] countries = [.. once.Select((one, i) => new ScoredOutcome(one.Score, one.Outcome == 1, 2001, $"c{i}"))];

        var single = AreaUnderRoc.Measure(countries)!;
        var twice = AreaUnderRoc.Measure([.. countries, .. countries.Select(one => one with { Period = 2002 })])!;

        Assert.Equal((false, true), (single.Clustered, twice.Clustered));
        Assert.Equal(single.Value, twice.Value, 1e-15);
        Assert.Equal(single.StandardError!.Value, twice.StandardError!.Value, 1e-12);
    }

    [Fact]
    public void Measure_ScoresTellTheCasesApart_HasNoIntervalOfNoWidth()
    {
        var area = AreaUnderRoc.Measure(Forecasts.Of((0.9, 1), (0.8, 1), (0.2, 0), (0.1, 0)))!;

        Assert.Equal(1, area.Value);
        Assert.Null(area.Low);
        Assert.Null(area.High);
    }

    private static double Above(double a, double b) =>
        a > b ? 1
        : a == b ? 0.5
        : 0;

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
