using BenchmarkDotNet.Attributes;
using EarlyWarning.V1;

namespace EarlyWarning.Benchmarks.Lookup;

/// <summary>
/// A country with a long record receives a thousand observations: all in order, or one in a hundred of them late, which is looked up among
/// everything recorded. The late ones lie at random places of the record.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 2, iterationCount: 8, invocationCount: 64)]
public class LateBenchmark : IAsyncDisposable
{
    private const int Late = RecordedCountry.Batch / 100;
    private readonly Random _random = new(1);
    private RecordedCountry _country = null!;
    private int _made;

    /// <summary>Gets or sets how many observations are recorded before.</summary>
    [Params(100_000, 1_000_000)]
    public int Recorded { get; set; }

    /// <summary>Gets or sets how many bytes of blocks are kept in memory.</summary>
    [Params(0, 64 << 20)]
    public int Cache { get; set; }

    /// <summary>Fills the record.</summary>
    [GlobalSetup]
    public async Task SetupAsync() => _country = await RecordedCountry.OpenAsync(Recorded, Cache);

    /// <summary>Deletes the record.</summary>
    [GlobalCleanup]
    public ValueTask CleanupAsync() => DisposeAsync();

    /// <summary>All are newer than what is recorded.</summary>
    /// <returns>How many were recorded.</returns>
    [Benchmark(Baseline = true)]
    public Task<int> InOrder() => _country.RecordAsync(_country.Next(RecordedCountry.Batch));

    /// <summary>Ten are new and late, as from a partner who was cut off.</summary>
    /// <returns>How many were recorded.</returns>
    [Benchmark]
    public Task<int> LateAndNew() => RecordAsync(() => RecordedCountry.Of(_random.Next(Recorded - 20_000), $"-late-{_made++}"));

    /// <summary>Ten were recorded long ago: their entries are read to say so.</summary>
    /// <returns>How many were recorded.</returns>
    [Benchmark]
    public Task<int> LateAndRecorded() => RecordAsync(() => RecordedCountry.Of(_random.Next(Recorded - 20_000), ""));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _country.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task<int> RecordAsync(Func<Observation> late)
    {
        var items = _country.Next(RecordedCountry.Batch - Late);
        for (var i = 0; i < Late; i++)
        {
            items.Insert(_random.Next(items.Count), late());
        }

        return _country.RecordAsync(items);
    }
}
