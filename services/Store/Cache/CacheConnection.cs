using System.Globalization;
using System.Security.Cryptography;
using EarlyWarning.Store.Connection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EarlyWarning.Store.Cache;

/// <summary>
/// The cache: it may lose everything at any time and costs only speed. It never shares the store's data, and a cache that is down, slow or full
/// fails nobody's call. Start it before it is used, and dispose it last. Thread-safe once started.
/// </summary>
/// <param name="options">The options; <see cref="StartAsync"/> checks them.</param>
/// <param name="loggers">For what the embedded server has to say.</param>
public sealed partial class CacheConnection(CacheOptions options, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<CacheConnection>();
    private EmbeddedCache? _server;
    private ConnectionMultiplexer? _multiplexer;
    private volatile string _fault = "It has not been started.";
    private int _down;

    /// <summary>Why the last operation failed, in words for an operator; empty where it did not.</summary>
    public string Fault => _fault;

    /// <summary>Whether the cache lives in this process.</summary>
    public bool IsEmbedded => options.ConnectionString is null;

    /// <summary>Starts the embedded cache, or begins to connect to the outside one, which need not be there yet.</summary>
    /// <exception cref="StoreStartException">The options will not do; the message is one line for an operator.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_multiplexer is not null)
        {
            return;
        }

        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new StoreStartException(string.Join(' ', errors));
        }

        var configuration = options.ConnectionString is { } outside ? Parse(outside) : StartEmbedded();
        configuration.AbortOnConnectFail = false;

        // INFO, which tells the size, counts as an administrative command.
        configuration.AllowAdmin = true;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = configuration.SyncTimeout = (int)options.Timeout.TotalMilliseconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(1_000);
        configuration.ClientName ??= "early-warning-cache";
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(cancellationToken);
        _fault = _multiplexer.IsConnected ? "" : "It cannot be reached.";
    }

    /// <summary>Runs an operation, and gives up after the timeout.</summary>
    /// <returns>Whether the cache answered, and what.</returns>
    public async Task<CacheAnswer<T>> TryAsync<T>(Func<IDatabase, Task<T>> operation)
    {
        if (_multiplexer is not { } multiplexer)
        {
            return default;
        }

        try
        {
            // StackExchange.Redis looks at its timeouts once a second only.
            var value = await operation(multiplexer.GetDatabase()).WaitAsync(options.Timeout);
            Up();
            return new(true, value);
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            Down(exception);
            return default;
        }
    }

    /// <summary>Counts what the cache holds.</summary>
    /// <returns>Entries and bytes; <see langword="null"/> where it does not answer.</returns>
    public async Task<CacheSize?> MeasureAsync()
    {
        var answer = await TryAsync(async database =>
        {
            var entries = (long)await database.ExecuteAsync("DBSIZE");
            var memory = (string?)await database.ExecuteAsync("INFO", IsEmbedded ? "STORE" : "memory") ?? "";
            return new CacheSize(entries, IsEmbedded
                ? Read(memory, "Log.CurrentMemorySizeBytes") + Read(memory, "Log.CurrentHeapSizeBytes")
                : Read(memory, "used_memory"));
        });
        return answer.Answered ? answer.Value : null;
    }

    /// <summary>Closes the connection, then the embedded cache.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_multiplexer is { } multiplexer)
        {
            _multiplexer = null;
            await multiplexer.DisposeAsync();
        }

        _server?.Dispose();
        _server = null;
    }

    private static ConfigurationOptions Parse(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new StoreStartException($"The cache's connection string cannot be read: {exception.Message}", exception);
        }
    }

    private static long Read(string info, string field)
    {
        foreach (var line in info.Split('\n'))
        {
            if (line.StartsWith(field + ":", StringComparison.Ordinal)
                && long.TryParse(line[(field.Length + 1)..].Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return 0;
    }

    private ConfigurationOptions StartEmbedded()
    {
        // Loopback is shared with every user of the machine.
        var password = RandomNumberGenerator.GetHexString(32);
        var (endpoint, server) = Loopback.Start(endpoint => EmbeddedCache.Start(endpoint, password, options, loggers));
        _server = server;
        return new() { EndPoints = { endpoint }, Password = password };
    }

    private void Up()
    {
        _fault = "";
        if (Interlocked.Exchange(ref _down, 0) == 1)
        {
            LogUp(_logger);
        }
    }

    private void Down(Exception exception)
    {
        _fault = exception switch
        {
            TimeoutException => $"It did not answer within {options.Timeout.TotalMilliseconds:0} ms.",
            RedisServerException => $"It refused: {exception.Message}",
            _ => "It cannot be reached.",
        };
        if (Interlocked.Exchange(ref _down, 1) == 0)
        {
            LogDown(_logger, _fault);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "The cache is not used: {Fault} Results are computed each time.")]
    private static partial void LogDown(ILogger logger, string fault);

    [LoggerMessage(1102, LogLevel.Information, "The cache answers again.")]
    private static partial void LogUp(ILogger logger);
}
