using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Queries;

public sealed class ValuesTests
{
    private static readonly DateTimeOffset s_start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WantedIndicator[] s_wanted = [new("killings", TimeSpan.FromDays(400)), new("threats", null)];

    [Fact]
    public async Task ValuesAsync_Now_AreThoseThatScoreNow()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.ObserveAsync(10, "a");
        var values = await cluster.Country.ValuesAsync(new([.. s_wanted, new("unheard-of", null)], []));
        Assert.Equal([10, 10, double.NaN], values.Values);
        Assert.True(values.Revision >= answer.Revision);
    }

    [Fact]
    public async Task ValuesAsync_AtMoments_CountWhatHeldThenWithinItsValidity()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.Country.RecordAsync(
            new(
                [
                    Samples.Observation("killings", 5, s_start.AddYears(2), "late"),
                    Samples.Observation("killings", 3, s_start, "early"),
                    Samples.Observation("threats", 7, s_start, "threat"),
                ],
                true
            )
        );
        var values = await cluster.Country.ValuesAsync(
            new(s_wanted, [s_start.AddDays(-1), s_start, s_start.AddDays(500), s_start.AddYears(2)])
        );
        Assert.Equal([double.NaN, double.NaN, 3, 7, double.NaN, 7, 5, 7], values.Values);
    }

    [Fact]
    public async Task ValuesAsync_AsKnown_LeavesOutWhatTheWorldLearntLater()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var known = Samples.Observation("killings", 3, s_start, "known");
        known.KnownAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(s_start.AddDays(10));
        await cluster.Country.RecordAsync(new([known, Samples.Observation("threats", 7, s_start, "told-today")], true));
        DateTimeOffset[] times = [s_start.AddDays(9), s_start.AddDays(10)];

        Assert.Equal([3, 7, 3, 7], (await cluster.Country.ValuesAsync(new(s_wanted, times))).Values);
        Assert.Equal(
            [double.NaN, double.NaN, 3, double.NaN],
            (await cluster.Country.ValuesAsync(new(s_wanted, times, AsKnown: true))).Values
        );
        Assert.Equal([3, double.NaN], (await cluster.Country.ValuesAsync(new(s_wanted, [], AsOf: s_start.AddDays(10)))).Values);
    }
}
