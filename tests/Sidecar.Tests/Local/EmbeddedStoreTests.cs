using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>The local sidecar on the store that the suite runs it on.</summary>
public sealed class EmbeddedStoreTests : IAsyncLifetime
{
    private const string A = "conformance-a";
    private readonly EmbeddedStore _store = new();

    public async ValueTask InitializeAsync() => await _store.StartAsync();

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Publish_StoreAndSidecarRestart_IsStillDeliveredOnce()
    {
        await using var app = new CallbackApp(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"));
        var options = LocalSidecar.Options([new(A, [app.Port])]);
        await using (var before = new LocalSidecar(_store.Journals, options))
        {
            await before.StartAsync();
            using var client = before.Client(A);
            for (var n = 0; n < 10; n++)
            {
                await client.PublishByteEventAsync(
                    "warnings",
                    "orders",
                    "{}"u8.ToArray(),
                    "application/json",
                    new() { ["cloudevent.id"] = $"e{n}" }
                );
            }
        }

        await _store.StopAsync();
        await _store.StartAsync();
        await app.StartAsync();
        await using var after = new LocalSidecar(_store.Journals, options);
        await after.StartAsync();

        for (var n = 0; n < 10; n++)
        {
            await app.Deliveries.WaitAsync($"e{n}", "orders");
        }

        await Eventually.HoldsAsync(() => after.Host.Undelivered.Count == 0, "nothing undelivered");
        Assert.Equal(10, app.Deliveries.All().Count);
    }

    [Fact]
    public async Task Trim_MergedEntries_ForgetsThemAndKeepsPositions()
    {
        var trimming = Assert.IsType<IJournalTrimming>(_store.Journals, exactMatch: false);
        var writer = await _store.Journals.OpenAsync("queue", CancellationToken.None);
        for (var n = 0; n < 6; n++)
        {
            await writer.AppendAsync(new byte[300_000], CancellationToken.None);
        }

        await _store.Journals.WriteSnapshotAsync("queue", 6, "state"u8.ToArray(), CancellationToken.None);

        // Merging happens behind the writer's back; a trim takes what has been merged by then.
        await Eventually.HoldsAsync(
            async () =>
            {
                await trimming.TrimAsync("queue", 3, CancellationToken.None);
                return (await PositionsAsync(0))[0] == 4;
            },
            "a journal that begins after the third entry"
        );
        Assert.Equal([4, 5, 6], await PositionsAsync(0));
        Assert.Equal([5, 6], await PositionsAsync(4));

        var again = await _store.Journals.OpenAsync("queue", CancellationToken.None);
        Assert.Equal(7, (await again.AppendAsync(new byte[1], CancellationToken.None)).Position);
        await trimming.TrimAsync("queue", 7, CancellationToken.None);
        Assert.Equal(7, (await PositionsAsync(0))[^1]);
        Assert.Equal(7, (await _store.Journals.OpenAsync("queue", CancellationToken.None)).Tail);
    }

    private async Task<List<long>> PositionsAsync(long after)
    {
        List<long> positions = [];
        await foreach (var entry in _store.Journals.ReadAsync("queue", after, CancellationToken.None))
        {
            positions.Add(entry.Position);
        }

        return positions;
    }
}
