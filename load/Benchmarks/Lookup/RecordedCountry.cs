using EarlyWarning.Catalogue;
using EarlyWarning.Risk;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Risk.Writing;
using EarlyWarning.Store;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Benchmarks.Lookup;

/// <summary>
/// A country with a long record on a store in memory, so that no disk is measured. Its writer takes batches: looks up what comes late,
/// applies, decides (nothing is watched), and commits the entry with its block.
/// </summary>
internal sealed class RecordedCountry : IAsyncDisposable
{
    public const int Batch = 1_000;
    private const string Code = "XAA";
    private const int Indicators = 150;
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
        $"early-warning-{Guid.NewGuid():N}"
    );
    private readonly SuiteStore _store;
    private readonly IntakeQueue _queue;
    private readonly ServiceProvider _services;
    private CountryWriter _writer = null!;
    private CountryBlocks _past = null!;

    private RecordedCountry()
    {
        _store = new(new() { DataDirectory = _folder }, RiskExtensions.Migrations, TimeProvider.System, NullLoggerFactory.Instance);
        _services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<RiskMetrics>().AddStore(_store).BuildServiceProvider();
        _queue = new(_services.GetRequiredService<RiskMetrics>());
    }

    /// <summary>How many observations were made in order so far.</summary>
    public int Made { get; private set; }

    public static async Task<RecordedCountry> OpenAsync(int recorded, long cacheBytes)
    {
        var country = new RecordedCountry();
        await country._store.StartAsync(CancellationToken.None);
        await country.OpenAsync(new BlockCache(cacheBytes));
        while (country.Made < recorded)
        {
            await country.RecordAsync(country.Next(Batch));
        }

        return country;
    }

    /// <summary>Makes observations that are newer than all before.</summary>
    public List<Observation> Next(int count)
    {
        List<Observation> items = new(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(Of(Made++, ""));
        }

        return items;
    }

    /// <summary>Makes the n-th observation again, or another one of the same indicator a moment later.</summary>
    public static Observation Of(int n, string late) =>
        new()
        {
            ObservationId = $"partner-{n}{late}",
            Country = Code,
            Indicator = $"indicator-{n % Indicators}",
            Source = "partner",
            Value = n % 100,
            ObservedAt = (s_start.AddSeconds(n) + (late.Length == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1))).ToTimestamp(),
        };

    /// <summary>Records a batch; returns how many were new.</summary>
    public async Task<int> RecordAsync(List<Observation> items)
    {
        var answer = _queue.Enqueue(new(items, false));
        await _writer.RunAsync(_queue, CancellationToken.None);
        return (await answer).Outcomes.Count(outcome => outcome == V1.Outcome.Recorded);
    }

    public async ValueTask DisposeAsync()
    {
        _past.Dispose();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync(BlockCache cache)
    {
        var (journals, clock) = (_services.GetRequiredService<IJournals>(), new SuiteClock(TimeProvider.System));
        var journal = await journals.OpenAsync($"risk/{Code}", CancellationToken.None);
        var catalogue = new NoCatalogue();
        _past = await CountryBlocks.OpenAsync(Code, _store, journals, cache, journal, CancellationToken.None);
        _writer = new(
            new StateFactory(catalogue, new(true, static () => "0LOAD000", static () => false)).New(Code),
            new(Code, journal, new NoBreaches(), clock, _services.GetRequiredService<RiskMetrics>()),
            _past,
            catalogue,
            clock,
            new(64, 16, 20_000),
            new NoListener()
        );
    }

    private sealed class NoCatalogue : ICatalogue
    {
        public CatalogueSnapshot Current => CatalogueSnapshot.Empty;

        public CatalogueSnapshot At(long revision) => CatalogueSnapshot.Empty;

        public Task ChangedAsync(long revision, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private sealed class NoBreaches : IBreachOutbox
    {
        public void Add(Unit unit, Breach breach, DateTimeOffset now) { }

        public void Signal() { }
    }

    private sealed class NoListener : ICommitListener
    {
        public void Applying() { }

        public Task CommittedAsync(CountryState state, long bytes) => Task.CompletedTask;
    }
}
