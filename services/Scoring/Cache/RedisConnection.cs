using System.Globalization;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Cache;

/// <summary>The connection to the cache's Redis, which is made when it is first asked for and again by itself. Thread-safe.</summary>
internal sealed class RedisConnection(string connectionString, CacheOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private bool _disposed;

    /// <summary>Gets the connection; whether anybody answers on it is seen by using it.</summary>
    public Task<ConnectionMultiplexer> GetAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _connecting is null or { IsFaulted: true } ? _connecting = Task.Run(ConnectAsync) : _connecting;
        }
    }

    /// <summary>Counts what Redis holds; what it does not tell, or not this user, is not known.</summary>
    public static async Task<CacheSize> MeasureAsync(IDatabase database)
    {
        try
        {
            var entries = database.ExecuteAsync("DBSIZE");
            var memory = database.ExecuteAsync("INFO", "memory");
            return new((long?)await entries, Read((string?)await memory, "used_memory:"));
        }
        catch (RedisServerException)
        {
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connecting;
        lock (_lock)
        {
            (connecting, _disposed) = (_connecting, true);
        }

        if (connecting is not null)
        {
            // A stop does not wait long for one that hangs.
            await CloseAsync(connecting).WaitAsync(s_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer> connecting)
    {
        await Task.WhenAny(connecting);
        if (connecting.IsCompletedSuccessfully)
        {
            await (await connecting).DisposeAsync();
        }
    }

    private static long? Read(string? info, string field) =>
        info?.Split('\n').FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan(field.Length).Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var configuration = ConfigurationOptions.Parse(connectionString);
        configuration.AbortOnConnectFail = false;

        // INFO, which tells the size, counts as an administrative command.
        configuration.AllowAdmin = true;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = configuration.SyncTimeout = (int)options.Timeout.TotalMilliseconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(1_000);
        configuration.ClientName ??= "early-warning-cache";
        return await ConnectionMultiplexer.ConnectAsync(configuration);
    }
}
