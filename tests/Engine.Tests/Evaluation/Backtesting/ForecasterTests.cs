using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Evaluation.Backtesting;

public class ForecasterTests
{
    [Fact]
    public void Persistence_LatelyAndNot_GiveTheRatesOfTheWindow()
    {
        // One country with onsets known in 2003 and 2005 (rows 2002 and 2004), one without any; lately is two years.
        // Row by row, at 2000 to 2005: not, not, not, lately (2003), lately (2003), lately (2005); the event comes to 2002 and 2004.
        var rows = new[] { "a", "b" }.SelectMany(country =>
            Enumerable
                .Range(2000, 6)
                .Select(year => new PanelRow(country, year, [], country == "a" && year is 2002 or 2004 && country == "a"))
        );
        var panel = new Panel(new OutcomeColumns("onset_next"), 1, [], rows);

        var fitted = new PersistenceForecaster(2).Fit(panel.KnownBy(2006), 2006, CancellationToken.None);

        const double Rate = 2.0 / 12;
        Assert.Equal((1 + Rate) / (3 + 1), fitted.Probability(new("a", 2006, [], null)), 1e-15);
        Assert.Equal((1 + Rate) / (9 + 1), fitted.Probability(new("b", 2006, [], null)), 1e-15);

        // By the end of 2007 the onset that was known in 2005 is two years old.
        Assert.Equal((1 + Rate) / (9 + 1), fitted.Probability(new("a", 2007, [], null)), 1e-15);
    }

    [Theory]
    [InlineData(CalibrationMethod.None)]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Model_Calibrated_GivesCalibratedProbabilities(CalibrationMethod method)
    {
        var known = Panels.History().KnownBy(2025);
        var recipe = new ModelRecipe
        {
            Folds = 3,
            Calibration = method,
            FoldsBy = FoldKey.Period,
            OneStandardError = true,
        };

        var fitted = new WindowForecaster(recipe).Fit(known, 2025, CancellationToken.None);

        var calibration = fitted.Model!.Calibration;
        Assert.Equal(
            method,
            calibration switch
            {
                PlattCalibration => CalibrationMethod.Platt,
                IsotonicCalibration => CalibrationMethod.Isotonic,
                _ => CalibrationMethod.None,
            }
        );
        var raw = fitted.Model with { Calibration = null };
        foreach (var row in known.Rows.Where(row => row.Period == 2010))
        {
            var before = raw.For(fitted.Imputation!.Columns).Probability(fitted.Imputation.Apply(row.Values).AsSpan());
            Assert.Equal(calibration?.Apply(before) ?? before, fitted.Probability(row), 1e-15);
        }
    }

    [Fact]
    public void Model_LeakedColumn_IsRefusedInEveryWindow()
    {
        // A column that nobody declared, with next year's outcome in it.
        var history = Panels.History();
        var next = history.Rows.ToDictionary(row => (row.Country, row.Period), row => row.Outcome);
        var leaked = new Panel(
            history.Outcome,
            1,
            ["tension", "income", "next"],
            history.Rows.Select(row =>
                row with
                {
                    Values =
                    [
                        .. row.Values,
                        next.GetValueOrDefault((row.Country, row.Period + 1)) is { } known
                            ? known
                                ? 1
                                : 0
                            : double.NaN,
                    ],
                }
            )
        );
        var forecaster = new WindowForecaster(new ModelRecipe());

        var error = Assert.Throws<LeakedColumnException>(() =>
            Backtest.Run(leaked, forecaster, new BacktestOptions { FirstPeriod = 2015 }).First()
        );

        Assert.Equal("next", error.Column);
    }

    [Fact]
    public void Model_DeclaredOutcome_IsRefused()
    {
        var history = Panels.History();
        var panel = new Panel(new OutcomeColumns("onset_next", "income"), 1, history.Columns, history.Rows);

        Assert.Equal(
            "income",
            Assert
                .Throws<LeakedColumnException>(() =>
                    new WindowForecaster(new ModelRecipe()).Fit(panel.KnownBy(2020), 2020, CancellationToken.None)
                )
                .Column
        );
    }
}
