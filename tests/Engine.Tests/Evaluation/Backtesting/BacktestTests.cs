using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation.Backtesting;

public class BacktestTests
{
    private static readonly BacktestOptions Options = new() { FirstPeriod = 2015, TopRanks = 5 };

    private static readonly WindowForecaster Logistic = new(
        new ModelRecipe
        {
            Folds = 4,
            Alphas = [0, 1],
            Net = new ElasticNetOptions { PathLength = 10, SmallestLambdaRatio = 0.01 },
            Calibration = CalibrationMethod.Platt,
        }
    );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_AnyLead_LearnsFromNothingButWhatIsKnownByThen(int lead)
    {
        var windows = new List<(int Period, Panel Known)>();
        var spy = new Spy(
            (known, period) =>
            {
                windows.Add((period, known));
                return row =>
                {
                    Assert.Null(row.Outcome);
                    Assert.Equal(period, row.Period);
                    return 0.5;
                };
            }
        );

        var periods = Backtest.Run(Panels.History(lead), spy, Options).ToList();

        Assert.Equal(Enumerable.Range(2015, 15), windows.Select(window => window.Period));
        foreach (var (period, known) in windows)
        {
            var last = Math.Min(period - 1, period - lead);
            Assert.Equal((last - 2000 + 1) * 20, known.Rows.Length);
            Assert.All(known.Rows, row => Assert.True(row.Period <= last && row.Outcome is not null));
            Assert.Equal(last, periods.Single(one => one.Period == period).LastTrainingPeriod);
        }
    }

    /// <summary>Turns round everything that only the future knows; no forecast up to then may change.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_FutureIsPoisoned_ForecastsOfThePastAreTheSame(int lead)
    {
        const int Present = 2020;
        var poisoned = Panels.History(lead, row =>
            row with
            {
                Values = row.Period > Present ? [1000 - row.Values[0], -row.Values[1]] : row.Values,
                Outcome = row.Period + lead > Present && row.Outcome is { } outcome ? !outcome : row.Outcome,
            }
        );

        var honest = Backtest.Run(Panels.History(lead), Logistic, Options with { LastPeriod = Present }).ToList();
        var fooled = Backtest.Run(poisoned, Logistic, Options with { LastPeriod = Present }).ToList();
        var later = Options with { FirstPeriod = Present + lead, LastPeriod = Present + lead };
        var after = Backtest.Run(poisoned, Logistic, later).Single();
        var unpoisoned = Backtest.Run(Panels.History(lead), Logistic, later).Single();

        Assert.Equal(6, honest.Count);
        for (var i = 0; i < honest.Count; i++)
            Assert.Equal(Blind(honest[i]), Blind(fooled[i]));

        // The poison is one that would be tasted: as soon as it is known the model is another one.
        Assert.NotEqual(unpoisoned.Model!.Members[0].Model.Intercept, after.Model!.Members[0].Model.Intercept);

        static IEnumerable<BacktestForecast> Blind(BacktestPeriod period) =>
            period.Forecasts.Select(forecast => forecast with { Outcome = null });
    }

    [Fact]
    public void Run_SignalInTheHistory_BeatsTheBaseRateAndTheNaiveModel()
    {
        var periods = Backtest.Run(Panels.History(), Logistic, Options).ToList();

        Assert.Equal(15, periods.Count);
        var pooled = ForecastComparison.Measure(periods.SelectMany(period => period.Forecasts), Options)!;
        Assert.Equal(14 * 20, pooled.Model.Count);
        Assert.Null(periods[^1].Quality);
        Assert.All(periods[^1].Forecasts, forecast => Assert.Null(forecast.Outcome));
        Assert.True(pooled.Model.AreaUnderRoc!.Value > 0.8);
        Assert.True(pooled.Model.AreaUnderRoc.Value > pooled.Naive.AreaUnderRoc!.Value + 0.1);
        Assert.True(pooled.Model.LogScore!.Value < pooled.BaseRate.LogScore!.Value);
        Assert.True(pooled.Model.Brier!.Score < 0.9 * pooled.BaseRate.Brier!.Score);
        Assert.True(pooled.Model.Top.Recall > pooled.BaseRate.Top.Recall);
    }

    [Fact]
    public void Run_AnyPeriod_BaseRateIsThatOfItsWindow()
    {
        var panel = Panels.History();

        foreach (var period in Backtest.Run(panel, new BaseRateForecaster(), Options))
        {
            var known = panel.Rows.Where(row => row.Period < period.Period).ToArray();
            var rate = known.Count(row => row.Outcome == true) / (double)known.Length;
            Assert.All(period.Forecasts, forecast => Assert.Equal((rate, rate), (forecast.Probability, forecast.BaseRate)));
            Assert.Equal(known.Length, period.TrainingRows);
            Assert.Equal(known.Count(row => row.Outcome == true), period.TrainingEvents);
        }
    }

    [Fact]
    public void Run_RowsInAnotherOrder_IsTheSame()
    {
        var panel = Panels.History();
        var rows = panel.Rows.OrderBy(row => row.Country).ThenByDescending(row => row.Period);
        var turned = new Panel(panel.Outcome, panel.OutcomeLead, panel.Columns, rows);
        var options = Options with { FirstPeriod = 2025 };

        Assert.Equal(
            Backtest.Run(panel, Logistic, options).SelectMany(period => period.Forecasts),
            Backtest.Run(turned, Logistic, options).SelectMany(period => period.Forecasts)
        );
    }

    [Fact]
    public void Run_IndexScores_AreMeasuredByRankAlone()
    {
        var options = Options with { Probabilities = false };

        var periods = Backtest.Run(Panels.History(), new Spy((_, _) => row => 20 * row.Values[0]), options);
        var pooled = ForecastComparison.Measure(periods.SelectMany(period => period.Forecasts), options)!;

        Assert.True(pooled.Model.AreaUnderRoc!.Value > 0.8);
        Assert.Null(pooled.Model.Brier);
        Assert.Null(pooled.Model.LogScore);
        Assert.Null(pooled.Model.Calibration);
        Assert.NotNull(pooled.Naive.Brier);
    }

    [Fact]
    public void Run_AskedForOnePeriod_WorksOnNoOther()
    {
        var asked = 0;
        var spy = new Spy(
            (_, _) =>
            {
                asked++;
                return _ => 0.1;
            }
        );

        Assert.Equal(2015, Backtest.Run(Panels.History(), spy, Options).First().Period);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Run_Cancelled_StopsBeforeTheNextPeriod()
    {
        using var source = new CancellationTokenSource();
        using var periods = Backtest.Run(Panels.History(), new BaseRateForecaster(), Options, source.Token).GetEnumerator();
        Assert.True(periods.MoveNext());

        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => periods.MoveNext());
    }

    [Fact]
    public void Run_BeforeAnythingIsKnown_IsRefused() =>
        Assert.Equal(
            "firstPeriod",
            Assert
                .Throws<FittingException>(() =>
                    Backtest.Run(Panels.History(), new BaseRateForecaster(), Options with { FirstPeriod = 2000 }).First()
                )
                .Subject
        );

    [Fact]
    public void Run_ForecastIsNoProbability_IsRefused() =>
        Assert.Contains(
            "(c00, 2015)",
            Assert.Throws<FittingException>(() => Backtest.Run(Panels.History(), new Spy((_, _) => _ => 1.2), Options).First()).Subject,
            StringComparison.Ordinal
        );

    private sealed class Spy(Func<Panel, int, Func<PanelRow, double>> fit) : IForecaster
    {
        public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken) => new(fit(known, period));
    }
}
