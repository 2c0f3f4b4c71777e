using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// The cache's level in Redis. Absent, slow, hanging, full, restarted or emptied it costs only speed: no operation throws, none takes
/// longer than the timeout, and after several failures in a row it is not asked for a while. Thread-safe.
/// </summary>
/// <remarks>
/// It takes and gives whole arrays and not pooled buffers, because an operation that is given up goes on using what it was handed.
/// </remarks>
internal sealed class RedisLevel(
    string connectionString,
    string prefix,
    CacheOptions options,
    TimeProvider time,
    ILogger<RedisLevel> logger
) : IDistributedCache, IAsyncDisposable
{
    private const int FailuresInARow = 3;
    private readonly RedisConnection _connection = new(connectionString, options);
    private readonly TimeSpan _keep = options.KeepResults;
    private readonly Breaker _reach = new(FailuresInARow, options.Rest, time);
    private readonly Breaker _writing = new(1, options.Rest, time);
    private volatile string _unreached = "It has not answered yet.";
    private volatile string _refused = "";
    private int _down;

    /// <summary>Why it is not used, in words for an operator; empty where it is.</summary>
    public string Fault => _unreached.Length > 0 ? _unreached : _refused;

    /// <summary>Whether it is asked at present, and not left alone after failures.</summary>
    public bool IsAsked => _reach.IsOpen;

    /// <summary>Counts what Redis holds, of others too.</summary>
    /// <returns><see langword="null"/> where it does not answer.</returns>
    public async Task<CacheSize?> MeasureAsync() =>
        await TryAsync(RedisConnection.MeasureAsync) is { Answered: true, Value: var size } ? size : null;

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        // What the hybrid cache keeps of tags is not used, and whoever wrote it there could end everybody's entries.
        return ResultCache.IsKey(key) ? (byte[]?)(await TryAsync(database => ReadAsync(database, key))).Value : null;
    }

    /// <inheritdoc/>
    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!_writing.TryEnter())
        {
            return;
        }

        await TryAsync(async database =>
        {
            try
            {
                var kept = await database.StringSetAsync(prefix + key, value, options.AbsoluteExpirationRelativeToNow ?? _keep);
                _writing.Succeeded();
                _refused = "";
                return kept;
            }
            catch (RedisServerException exception)
            {
                // One that is full still answers what it has.
                _writing.Failed();
                _refused = $"It takes no results: {exception.Message}";
                return false;
            }
        });
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string key, CancellationToken token = default) =>
        await TryAsync(database => database.KeyDeleteAsync(prefix + key));

    /// <inheritdoc/>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public byte[]? Get(string key) => throw NotSynchronous();

    /// <inheritdoc/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw NotSynchronous();

    /// <inheritdoc/>
    public void Remove(string key) => throw NotSynchronous();

    /// <inheritdoc/>
    public void Refresh(string key) => throw NotSynchronous();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static NotSupportedException NotSynchronous() => new("The cache is asked asynchronously only.");

    private async Task<RedisValue> ReadAsync(IDatabase database, string key)
    {
        try
        {
            return await database.StringGetAsync(prefix + key);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return RedisValue.Null;
        }
    }

    private async Task<Answer<T>> TryAsync<T>(Func<IDatabase, Task<T>> operation)
    {
        if (!_reach.TryEnter())
        {
            return default;
        }

        try
        {
            // StackExchange.Redis looks at its timeouts once a second only.
            var value = await RunAsync(operation).WaitAsync(options.Timeout, time);
            _reach.Succeeded();
            _unreached = "";
            Tell();
            return new(true, value);
        }
#pragma warning disable CA1031 // A cache fails nobody's call, whatever is the matter with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _reach.Failed();
            _unreached = exception switch
            {
                TimeoutException => $"It did not answer within {options.Timeout.TotalMilliseconds:0} ms.",
                RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
                    "It refused the user or the password.",
                RedisServerException => $"It refused: {exception.Message}",
                _ => "It cannot be reached.",
            };
            Tell();
            return default;
        }
    }

    private async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> operation) => await operation((await _connection.GetAsync()).GetDatabase());

    private void Tell()
    {
        var fault = Fault;
        var down = fault.Length > 0 ? 1 : 0;
        if (Interlocked.Exchange(ref _down, down) == down)
        {
            return;
        }

        if (down == 1)
        {
            logger.NotUsed(fault);
        }
        else
        {
            logger.UsedAgain();
        }
    }

    private readonly record struct Answer<T>(bool Answered, T? Value);
}
