using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Risk.Writing;
using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Risk.Tests.Countries;

/// <summary>A country whose machine's clock is set wrong and right again.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);

    private readonly MovedTime _machine = new(TimeProvider.System);
    private readonly SuiteClock _clock;

    public ClockTests() => _clock = new(_machine);

    [Fact]
    public async Task Record_WallIsAYearAheadAndBackMeanwhile_NothingIsRecordedThereNorExpiresNorIsDecidedByIt()
    {
        await using var cluster = await StartAsync(TimeSpan.FromDays(10));
        await cluster.ObserveAsync(80, "before");
        var firing = cluster.Entries.Count(entry => entry.Outcome?.Transitions.Count > 0);
        _machine.Moved = s_year;
        for (var n = 0; n < 20; n++)
        {
            await cluster.ObserveAsync(80 + (n % 10), $"ahead{n}");
            await cluster.Country.WakeAsync();
            Assert.True((await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.HasScore);
        }

        Assert.NotNull(_clock.Read().Doubt);
        _machine.Moved = TimeSpan.Zero;
        await cluster.ObserveAsync(85, "after");
        await cluster.Country.WakeAsync();

        Assert.Null(_clock.Read().Doubt);
        Assert.All(cluster.Journals.Entries("risk/XAA"), entry =>
            Assert.True(entry.RecordedAt < DateTimeOffset.UtcNow.AddMinutes(1), $"{entry.RecordedAt}")
        );
        Assert.DoesNotContain(cluster.Entries, entry => entry.InputCase == CountryEntry.InputOneofCase.Tick);
        Assert.Equal((1, firing), (firing, cluster.Entries.Count(entry => entry.Outcome?.Transitions.Count > 0)));
        var risk = (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!;
        Assert.Equal((85, 1), (risk.Score, risk.Coverage));
    }

    [Fact]
    public async Task Wake_NoTimeIsCertain_NothingExpiresUntilItIs()
    {
        await using var cluster = await StartAsync(TimeSpan.FromSeconds(30));
        await cluster.ObserveAsync(80, "before");
        _clock.Know(_clock.GetUtcNow().AddHours(1));
        _machine.Moved = TimeSpan.FromSeconds(50);
        await cluster.Country.WakeAsync();
        Assert.DoesNotContain(cluster.Entries, entry => entry.InputCase == CountryEntry.InputOneofCase.Tick);

        _machine.Moved = TimeSpan.FromHours(1);
        await cluster.Country.WakeAsync();
        Assert.Contains(cluster.Entries, entry => entry.InputCase == CountryEntry.InputOneofCase.Tick);
    }

    [Fact]
    public async Task Wake_DueTimeLiesInAWrongFuture_IsComputedAnew()
    {
        await using var cluster = await StartAsync(TimeSpan.FromDays(10));
        await cluster.ObserveAsync(80, "before");
        var right = cluster.DueTimes.Of(EntryCommitter.DueQueue, "XAA");
        await cluster.DueTimes.SetAsync(EntryCommitter.DueQueue, "XAA", DateTimeOffset.UtcNow + s_year, CancellationToken.None);

        await cluster.Country.WakeAsync();

        Assert.NotNull(right);
        Assert.Equal(right, cluster.DueTimes.Of(EntryCommitter.DueQueue, "XAA"));
    }

    private Task<RiskCluster> StartAsync(TimeSpan validity) =>
        RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small(validity: validity)).Put(Samples.Above(60)), clock: _clock);
}
