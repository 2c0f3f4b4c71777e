using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EarlyWarning.Store.Embedded;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EarlyWarning.Store.Connection;

/// <summary>
/// The store as a whole: the embedded server, if it is used, and the connection that everything shares. Start it before anything that keeps
/// state, and dispose it last. Thread-safe once started.
/// </summary>
public sealed partial class StoreConnection : IAsyncDisposable
{
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>With less than this the embedded store cannot be counted on to write a page of its log.</summary>
    private const long RoomToWrite = 8 * 1024 * 1024;
    private static readonly TimeSpan s_lastCheckpoint = TimeSpan.FromSeconds(5);

    private readonly ILoggerFactory _loggers;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly ILogger _logger;
    private DataFolder? _folder;
    private IPEndPoint? _endpoint;
    private string? _password;
    private EmbeddedServer? _server;
    private ConnectionMultiplexer? _multiplexer;
    private IDatabase? _database;
    private string? _connectionString;

    /// <summary>Takes the options as they are; <see cref="StartAsync"/> checks them.</summary>
    public StoreConnection(StoreOptions options, ILoggerFactory loggers)
    {
        Options = options;
        _loggers = loggers;
        _logger = loggers.CreateLogger<StoreConnection>();
    }

    /// <summary>The options that it was made with.</summary>
    public StoreOptions Options { get; }

    /// <summary>Where the store is, with its password, in StackExchange.Redis's form, for the Orleans Redis providers.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The store has not been started.");

    /// <summary>The shared connection.</summary>
    public IConnectionMultiplexer Multiplexer => _multiplexer ?? throw new InvalidOperationException("The store has not been started.");

    /// <summary>The embedded store's folder; <see langword="null"/> for an outside store.</summary>
    internal string? Folder => _folder?.Path;

    internal IDatabase Database => _database ?? throw new InvalidOperationException("The store has not been started.");

    /// <summary>Starts or finds the store and connects. Calling it again does nothing.</summary>
    /// <exception cref="StoreStartException">The options, the folder or the outside store will not do; the message is one line for an operator.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_multiplexer is not null)
            {
                return;
            }

            if (Options.Validate() is { Count: > 0 } errors)
            {
                throw new StoreStartException(string.Join(' ', errors));
            }

            if (Options.ConnectionString is { } outside)
            {
                await OutsideStore.CheckAsync(outside, _logger);
            }

            _connectionString = Options.ConnectionString ?? StartEmbedded(Options.DataDirectory!);
            _multiplexer = await ConnectAsync(_connectionString);
            _database = _multiplexer.GetDatabase();
            await CheckMarkAsync(cancellationToken);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Closes the connection, then the embedded server after a last checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        await _starting.WaitAsync();
        try
        {
            await CloseAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Runs an operation whose failure to answer is told as <see cref="StoreUnavailableException"/>.</summary>
    internal async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> operation)
    {
        try
        {
            return await operation(Database);
        }
        catch (Exception exception) when (IsUnavailability(exception))
        {
            throw Unavailable(exception);
        }
    }

    private string Place => _folder?.Path ?? string.Join(", ", _multiplexer?.GetEndPoints().Select(endpoint => endpoint.ToString()) ?? []);

    internal static bool IsUnavailability(Exception exception) =>
        exception is RedisException or RedisTimeoutException or ObjectDisposedException or SocketException;

    /// <summary>Says in words for an operator why an operation failed.</summary>
    internal StoreUnavailableException Unavailable(Exception exception) => new(
        _folder is { } folder && DiskSpace.Free(folder.Path) is { } free and < RoomToWrite
            ? $"The disk of the data folder {folder.Path} is full ({free} bytes are free). Nothing is acknowledged until there is room."
            : exception switch
            {
                RedisTimeoutException => $"The store at {Place} did not confirm within {Options.OperationTimeout.TotalSeconds:0.#} s.",
                RedisServerException => $"The store at {Place} refused: {exception.Message}",
                _ => $"The store at {Place} cannot be reached.",
            },
        exception);

    private string StartEmbedded(string directory)
    {
        _folder = DataFolder.Open(directory);
        _witness = new(_folder.Path);

        // Loopback is shared with every user of the machine.
        _password = RandomNumberGenerator.GetHexString(32);
        try
        {
            (_endpoint, _server) = Loopback.Start(endpoint => EmbeddedServer.Start(_folder.Path, endpoint, _password, Options, _loggers));
            return $"{_endpoint},password={_password}";
        }
        catch (Exception exception) when (exception is not SocketException)
        {
            throw new StoreStartException(
                $"The data folder {_folder.Path} cannot be recovered ({exception.Message}). Nothing in it was changed: make room on its disk, or restore it from a backup.", exception);
        }
    }

    /// <summary>Whether the embedded server stands still after a failed write, or could not be started anew.</summary>
    internal async Task<bool> IsEmbeddedBrokenAsync(TimeSpan patience) =>
        _folder is not null && (_server is not { } server || await server.IsBrokenAsync(patience));

    /// <summary>
    /// Starts the embedded server anew on its folder, where it stands still after a failed write; the connection finds it again by itself. What was
    /// acknowledged is recovered, and nothing else was.
    /// </summary>
    internal async Task RestartEmbeddedAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_folder is null || _multiplexer is null)
            {
                return;
            }

            LogRestarting(_logger, _folder.Path);
            _server?.Dispose();
            _server = null;
            _server = EmbeddedServer.Start(_folder.Path, _endpoint!, _password!, Options, _loggers);
            await CheckMarkAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        var configuration = ConfigurationOptions.Parse(connectionString);
        configuration.AsyncTimeout = configuration.SyncTimeout = (int)Options.OperationTimeout.TotalMilliseconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(200);
        configuration.ClientName ??= "early-warning";
        return await OutsideStore.ConnectAsync(configuration);
    }

    private async ValueTask CloseAsync()
    {
        if (_multiplexer is { } multiplexer)
        {
            _multiplexer = null;
            await multiplexer.DisposeAsync();
        }

        if (_server is { } server)
        {
            _server = null;
            await CheckpointAsync(server);
            server.Dispose();
        }

        _folder?.Dispose();
        _folder = null;
    }

    private async Task CheckpointAsync(EmbeddedServer server)
    {
        try
        {
            await server.CheckpointAsync(CancellationToken.None).WaitAsync(s_lastCheckpoint);
        }
#pragma warning disable CA1031 // Without it the next start replays the log instead: slower, and nothing is lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoCheckpoint(_logger, exception);
        }
    }
}
