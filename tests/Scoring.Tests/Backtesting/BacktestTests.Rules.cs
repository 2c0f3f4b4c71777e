using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.Backtesting;

/// <content>Thresholds and ranks over history.</content>
public sealed partial class BacktestTests
{
    [Fact]
    public async Task Backtest_Threshold_TellsWarningsAndWhatCameOfThem()
    {
        var request = Rule(
            new()
            {
                Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
            }
        );
        var result = (await RunAsync(request)).Written[^1].Result;

        Assert.Equal(
            Warnings(80).Order(),
            result.Warnings.Select(warning => (warning.Country, warning.StartTime.ToDateTimeOffset().Year)).Order()
        );
        Assert.Equal(result.Warnings.Count, result.Summary.Warnings);
        Assert.Equal(result.Summary.Hits, result.Warnings.Count(warning => warning.Verdict == V1.WarningVerdict.Hit));
        Assert.Equal(result.Summary.Hits > 0, result.Summary.HasMedianLeadDays);
        Assert.All(result.Warnings.Where(warning => warning.Verdict == V1.WarningVerdict.Hit), warning => Assert.True(warning.HasLeadDays));
        Assert.All(result.Warnings, warning => Assert.True(warning.Peak >= 80));

        static IEnumerable<(string, int)> Warnings(double value) =>
            from country in Chronicle.Countries
            from year in Enumerable.Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear + 1)
            where Chronicle.Stress(country, year) >= value && (year == Chronicle.FirstYear || Chronicle.Stress(country, year - 1) < value)
            select (country, year);
    }

    [Fact]
    public async Task Backtest_EventOnTheDayOfTheWarning_IsNoHitByRuleModelOrFramework()
    {
        // Each country's stress at the moment of a warning, with an event at that moment and none after it.
        var events =
            from country in Chronicle.Countries
            from year in Enumerable.Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear)
            where Chronicle.Stress(country, year) >= 80
            select new V1.OutcomeEvent { Country = country, Time = Chronicle.EndOf(year).Stamp() };
        var request = Rule(
            new()
            {
                Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
            }
        );
        request.Outcome = new() { Events = { events }, KnownUntil = Chronicle.EndOf(Chronicle.LastYear).Stamp() };

        var result = (await RunAsync(request)).Written[^1].Result;

        var expected = result
            .Warnings.Where(warning => warning.Verdict != V1.WarningVerdict.Open)
            .Select(warning =>
                (
                    warning,
                    Next: Chronicle.Stress(warning.Country, warning.StartTime.ToDateTime().Year + 1) >= 80
                        && warning.StartTime.ToDateTime().Year + 1 < Chronicle.LastYear
                )
            );
        Assert.All(expected, one => Assert.Equal(one.Next, one.warning.Verdict == V1.WarningVerdict.Hit));
        Assert.All(result.Warnings.Where(warning => warning.HasLeadDays), warning => Assert.InRange(warning.LeadDays, 365, 366));
        Assert.Contains(result.Warnings, warning => warning.Verdict == V1.WarningVerdict.Hit);
        Assert.Contains(result.Warnings, warning => warning.Verdict == V1.WarningVerdict.FalseAlarm);
        Assert.EndsWith("for a warning only while it stands.", result.Definition, StringComparison.Ordinal);

        var graceful = Changed(request.Clone(), again => again.Rule.Grace = Duration.FromTimeSpan(TimeSpan.FromDays(30)));
        Assert.EndsWith(
            "or within 30 days after its end.",
            (await RunAsync(graceful)).Written[^1].Result.Definition,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Backtest_TopRank_WarnsOfTheHighest()
    {
        var result = (await RunAsync(Rule(new() { TopRank = 1 }))).Written[^1].Result;

        var highest = Enumerable
            .Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear + 1)
            .Select(year => (Chronicle.Countries.MaxBy(country => Chronicle.Stress(country, year))!, year))
            .ToArray();
        var starts = highest.Where((one, i) => i == 0 || highest[i - 1].Item1 != one.Item1);
        Assert.Equal(
            starts.Order(),
            result.Warnings.Select(warning => (warning.Country, warning.StartTime.ToDateTimeOffset().Year)).Order()
        );
    }

    [Fact]
    public async Task Backtest_RiseLevelAndCoverage_AreReplayedToo()
    {
        var rise = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Rise,
                            Value = 60,
                            Window = Duration.FromTimeSpan(TimeSpan.FromDays(300)),
                        },
                    }
                )
            )
        ).Written[^1].Result;
        var level = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Level, Level = "high" },
                    }
                )
            )
        ).Written[^1].Result;
        var uncovered = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            Value = 1,
                            MinimumCoverage = 1,
                            Countries = { "XBA" },
                        },
                    }
                )
            )
        ).Written[^1].Result;

        Assert.All(rise.Warnings, warning =>
            Assert.True(
                Chronicle.Stress(warning.Country, warning.StartTime.ToDateTimeOffset().Year)
                    - Chronicle.Stress(warning.Country, warning.StartTime.ToDateTimeOffset().Year - 1)
                    >= 60
            )
        );
        Assert.NotEmpty(rise.Warnings);
        Assert.All(level.Warnings, warning => Assert.Equal(2, warning.Peak));
        Assert.All(uncovered.Warnings, warning => Assert.Equal("XBA", warning.Country));
    }

    [Fact]
    public async Task Backtest_MinimumProbability_WarnsOnlyWhereItIsSure()
    {
        var plain = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
                    }
                )
            )
        ).Written[^1].Result;
        var sure = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            Value = 80,
                            MinimumProbability = 0.9,
                        },
                    }
                )
            )
        ).Written[^1].Result;

        // Nothing errs, so what is past the value is surely past it.
        Assert.Equal(plain.Warnings, sure.Warnings);
        Assert.NotEqual(plain.Computation.Key, sure.Computation.Key);
    }
}
