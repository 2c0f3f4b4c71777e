using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Queries;

public sealed class SimulationTests
{
    [Fact]
    public async Task GetRiskAsync_UnsureScore_HasTheRangeOfJustThatState()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Values(50, "a", error: 5));
        var first = await RiskAsync(cluster);
        Assert.InRange(first.Score, first.Interval.Lower, first.Interval.Upper);
        Assert.InRange(first.Interval.Probability, 0.88, 0.92);
        Assert.Equal(["low", "medium", "high"], first.LevelProbabilities.Select(level => level.Level));
        Assert.Equal(1, first.LevelProbabilities.Sum(level => level.Probability), 1e-9);

        // What is shown beside a score is of that score: of the next one too, and at once.
        await cluster.RecordAsync(Values(80, "b", error: 5));
        var second = await RiskAsync(cluster);
        Assert.InRange(second.Score, second.Interval.Lower, second.Interval.Upper);
        Assert.True(second.Interval.Lower > first.Interval.Upper, second.ToString());
    }

    [Fact]
    public async Task GetRiskAsync_SameStateAskedAgainOrExplained_IsTheSameRange()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Values(50, "a", error: 5));
        var risk = await RiskAsync(cluster);
        var explained = (await cluster.Country.ExplainAsync(new RiskQuery(Samples.Framework)))!.Risk;
        Assert.Equal(risk.Interval, (await RiskAsync(cluster)).Interval);
        Assert.Equal(risk.Interval, explained.Interval);
        Assert.Equal(risk.LevelProbabilities, explained.LevelProbabilities);
        Assert.Equal(risk.Nodes, explained.Nodes);
    }

    [Fact]
    public async Task GetRiskAsync_ErrorsNotStated_HasNoRangeAndSaysSo()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Values(50, "a", error: null));
        var risk = await RiskAsync(cluster);
        Assert.Equal(50, risk.Score);
        Assert.Null(risk.Interval);
        Assert.Empty(risk.LevelProbabilities);
        Assert.Equal(1, risk.UnknownErrorShare);
        Assert.All(risk.Nodes, node => Assert.Null(node.Interval));
    }

    [Fact]
    public async Task GetRiskAsync_ExactValuesStatedAsSuch_HasARangeOfNoWidth()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Values(50, "a", error: 0));
        var risk = await RiskAsync(cluster);
        Assert.Equal((50.0, 50.0), (risk.Interval.Lower, risk.Interval.Upper));
        Assert.Equal(0, risk.UnknownErrorShare);
    }

    private static V1.Observation[] Values(double value, string id, double? error) =>
        [
            .. new[] { "killings", "threats", "courts" }.Select(indicator =>
            {
                var observation = Samples.Observation(indicator, value, DateTimeOffset.UtcNow, $"{id}-{indicator}");
                if (error is { } known)
                {
                    observation.StandardError = known;
                }

                return observation;
            }),
        ];

    private static async Task<V1.CountryRisk> RiskAsync(RiskCluster cluster) =>
        (await cluster.Country.GetRiskAsync(new RiskQuery(Samples.Framework)))!;
}
