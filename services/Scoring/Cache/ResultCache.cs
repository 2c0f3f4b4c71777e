using System.Collections.Concurrent;
using EarlyWarning.Scoring.Computing;
using Google.Protobuf;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// Keeps what is expensive by its content: whoever asks the same again is answered at once, and two who ask the same at the same time wait
/// for one computation. Thread-safe.
/// </summary>
/// <remarks>
/// Flights are ours and not the hybrid cache's, because whoever joins one is told its progress from the beginning and that the result was
/// computed.
/// </remarks>
internal sealed class ResultCache(CacheLevels levels, CacheOptions options, CacheMetrics metrics, TimeProvider time)
{
    private const string Prefix = "result:";
    private static readonly CacheLevel[] s_levels = Enum.GetValues<CacheLevel>();
    private readonly ConcurrentDictionary<string, object> _flights = new(StringComparer.Ordinal);

    /// <summary>Whether a key is one of a result.</summary>
    public static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The key under which a result is kept.</summary>
    public static string KeyOf(string digest) => Prefix + digest;

    /// <summary>Gets the result of a question.</summary>
    /// <param name="key">Everything that it follows from; ended by this call.</param>
    /// <param name="compute">Computes it; is given its key, where to report progress, and a token that is cancelled when nobody waits any
    /// more.</param>
    /// <param name="cancellationToken">Ends the waiting of this call.</param>
    /// <param name="onReport">Is handed what the computation reports; <see langword="null"/> where nobody asks.</param>
    public async Task<CachedResult<T>> GetAsync<T>(
        ContentKey key,
        Func<string, IProgress<ComputationProgress>, CancellationToken, Task<T>> compute,
        CancellationToken cancellationToken,
        Func<ComputationProgress, Task>? onReport = null
    )
        where T : IMessage<T>, new()
    {
        var (kind, digest) = (key.Kind, key.Finish());
        while (true)
        {
            var mine = new Flight<CachedResult<T>>(
                (progress, ending) => FindAsync(kind, digest, token => compute(digest, progress, token), ending)
            );
            var flight = (Flight<CachedResult<T>>)_flights.GetOrAdd(digest, mine);
            if (!ReferenceEquals(flight, mine))
            {
                mine.Dispose();
                if (!flight.TryBoard())
                {
                    await flight.EndedAsync(cancellationToken);
                    continue;
                }

                metrics.Shared(kind);
            }

            // Every call changes its own copy.
            var (result, cached) = await flight.WaitAsync(onReport, cancellationToken);
            return new(result.Clone(), cached);
        }
    }

    private async Task<CachedResult<T>> FindAsync<T>(
        string kind,
        string digest,
        Func<CancellationToken, Task<T>> compute,
        CancellationToken cancellationToken
    )
        where T : IMessage<T>, new()
    {
        try
        {
            if (await ReadAsync<T>(digest) is var (found, saved, level))
            {
                metrics.Hit(kind, level, saved);
                return new(found, true);
            }

            metrics.Miss(kind);
            var start = time.GetTimestamp();
            var result = await compute(cancellationToken);
            var cost = time.GetElapsedTime(start);
            metrics.Computed(kind, cost);
            Keep(digest, result, cost);
            return new(result, false);
        }
        finally
        {
            _flights.TryRemove(digest, out _);
        }
    }

    private async Task<(T Result, TimeSpan Cost, CacheLevel Level)?> ReadAsync<T>(string digest)
        where T : IMessage<T>, new()
    {
        foreach (var level in s_levels)
        {
            if (await levels.ReadAsync(KeyOf(digest), level) is { } kept && kept.Read<T>() is var (result, cost))
            {
                return (result, cost, level);
            }
        }

        return null;
    }

    private void Keep(string digest, IMessage result, TimeSpan cost)
    {
        if (KeptResult.HeaderLength + result.CalculateSize() <= options.MaxResultBytes)
        {
            levels.Keep(KeyOf(digest), KeptResult.Of(result, cost));
        }
    }
}

/// <summary>A result, and where it comes from.</summary>
/// <param name="Result">The result.</param>
/// <param name="Cached">It was not computed now but kept from before.</param>
internal sealed record CachedResult<T>(T Result, bool Cached);
