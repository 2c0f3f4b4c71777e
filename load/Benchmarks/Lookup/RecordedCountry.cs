using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Benchmarks.Lookup;

/// <summary>
/// A country with a long record on a store in memory, so that no disk is measured. Takes batches as its grain does: looks at the items,
/// looks up what comes late, applies, decides (nothing is watched), and commits the entry with its block.
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
    private readonly CountryState _state = new(
        Code,
        _ => CatalogueSnapshot.Empty,
        new BreachAuthor(true, static () => "0LOAD000", static () => false)
    );
    private readonly Commit _commit = new(new(new()));
    private JournalWriter _writer = null!;
    private CountryBlocks _blocks = null!;

    public RecordedCountry() =>
        _store = new(new() { DataDirectory = _folder }, RiskExtensions.Migrations, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>How many observations were made in order so far.</summary>
    public int Made { get; private set; }

    public static async Task<RecordedCountry> OpenAsync(int recorded, long cacheBytes)
    {
        var country = new RecordedCountry();
        await country._store.StartAsync(CancellationToken.None);
        var services = new ServiceCollection().AddLogging().AddStore(country._store).BuildServiceProvider();
        var journals = services.GetRequiredService<IJournals>();
        country._writer = await journals.OpenAsync($"risk/{Code}", CancellationToken.None);
        country._blocks = await CountryBlocks.OpenAsync(
            Code,
            country._store,
            journals,
            new(cacheBytes),
            country._writer,
            CancellationToken.None
        );
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
        var batch = new WaitingBatch(new ObservationBatch(items, false));
        _commit.Clear();
        while (!batch.IsDone)
        {
            if (_commit.LookAt(batch, _state) == Look.NeedsPast)
            {
                await _blocks.FindAsync(_commit.Seek([batch], _state), CancellationToken.None);
            }
        }

        if (_commit.Rows.Length > 0)
        {
            var next = _writer.Upcoming();
            _state.Apply(next.Position, next.RecordedAt.UtcTicks, false, _commit.Rows);
            var unit = new Unit();
            _blocks.Write(unit, _commit.Rows, next.Position);
            await _writer.AppendAsync(_commit.Writer.Write(false, _state.Decide()), unit, CancellationToken.None);
            _blocks.Committed();
        }

        return _commit.Rows.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
