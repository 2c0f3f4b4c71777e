using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Grains;

public sealed class SimulationTests
{
    [Fact]
    public async Task GetRiskAsync_UnsureScore_HasItsIntervalFromASimulationOfItsOwnPosition()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.RecordAsync(Unsure(50, "a"));
        var first = await SimulatedAsync(cluster);
        Assert.True(first.Interval.Revision >= answer.Revision && first.Interval.Revision <= first.Revision, first.ToString());
        Assert.InRange(first.Score, first.Interval.Lower, first.Interval.Upper);
        Assert.Equal(["low", "medium", "high"], first.LevelProbabilities.Select(level => level.Level));
        Assert.Equal(1, first.LevelProbabilities.Sum(level => level.Probability), 1e-9);

        // What is shown beside a score is of that score: the next one is simulated anew.
        answer = await cluster.RecordAsync(Unsure(80, "b"));
        var second = await SimulatedAsync(cluster);
        Assert.True(second.Interval.Revision >= answer.Revision, second.ToString());
        Assert.InRange(second.Score, second.Interval.Lower, second.Interval.Upper);
    }

    [Fact]
    public async Task GetRiskAsync_ExactAndComplete_HasItsIntervalAtOnce()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(50, "a");
        var risk = await RiskAsync(cluster);
        Assert.Equal(("delta-method", 50.0, 50.0), (risk.Interval.Method, risk.Interval.Lower, risk.Interval.Upper));
        Assert.Empty(risk.LevelProbabilities);
    }

    private static V1.Observation[] Unsure(double value, string id)
        => [.. new[] { "killings", "courts" }.Select(indicator =>
        {
            var observation = Samples.Observation(indicator, value, DateTimeOffset.UtcNow, $"{id}-{indicator}");
            observation.StandardError = 5;
            return observation;
        })];

    private static async Task<V1.CountryRisk> RiskAsync(RiskCluster cluster) => (await cluster.Country.GetRiskAsync(new RiskQuery(Samples.Framework)))!;

    private static async Task<V1.CountryRisk> SimulatedAsync(RiskCluster cluster)
    {
        var risk = await RiskAsync(cluster);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (risk.Interval.Method != "monte-carlo")
        {
            Assert.False(patience.IsCancellationRequested, $"Within 30 s the interval is still not simulated: {risk}");
            await Task.Yield();
            risk = await RiskAsync(cluster);
        }

        return risk;
    }
}
