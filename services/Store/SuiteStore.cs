using System.Data.Common;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Outbox;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store;

/// <summary>
/// The store as a whole: its database, its one committer, and whether both are as they should be. Start it before anything that keeps state, and
/// dispose it last. Thread-safe once started.
/// </summary>
public sealed partial class SuiteStore : IStore, IStoreHealth, IAsyncDisposable
{
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(1);
    private readonly StoreOptions _options;
    private readonly IReadOnlyList<Migration> _migrations;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private Database? _database;
    private int _disposed;
    private Committer? _committer;
    private StoreIdentity? _identity;
    private Task _probing = Task.CompletedTask;
    private StoreStatus _status = new(false, "The store has not been started.", null, null, null);

    /// <summary>Takes the options as they are; <see cref="StartAsync"/> checks them.</summary>
    public SuiteStore(StoreOptions options, IEnumerable<Migration> migrations, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _loggers) = (options, time, loggers);
        _migrations = [.. Migration.Of("store", typeof(SuiteStore).Assembly), .. migrations];
        _logger = loggers.CreateLogger<SuiteStore>();
    }

    /// <inheritdoc />
    public StoreStatus Status => Volatile.Read(ref _status);

    /// <inheritdoc />
    public StoreIdentity Identity => _identity ?? throw new StoreUnavailableException("The store has not been started.");

    /// <summary>Is set when an event has become owed.</summary>
    internal OutboxSignal Owed { get; } = new();

    /// <summary>What the SQL of a check that must hold until the commit ends with; empty where there is one writer only.</summary>
    internal string ForShare => Database.ForShare;

    private Database Database => _database ?? throw new StoreUnavailableException("The store has not been started.");

    private Committer Committer => _committer ?? throw new StoreUnavailableException("The store has not been started.");

    /// <summary>Opens the store and brings its tables to this build's form. Calling it again does nothing.</summary>
    /// <exception cref="StoreStartException">The options, the folder or the database will not do; the message is one line for an operator.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_committer is not null)
        {
            return;
        }

        if (_options.Validate() is { Count: > 0 } errors)
        {
            throw new StoreStartException(string.Join(' ', errors));
        }

        _database = _options.ConnectionString is { Length: > 0 } outside
            ? new PostgresDatabase(outside, _options.OperationTimeout)
            : new SqliteDatabase(_options.DataDirectory, _options.OperationTimeout, _options.Ballast, _logger);
        await _database.CheckAsync(cancellationToken);
        var session = await Task.Run(() => Open(_database), cancellationToken);
        _committer = new(_database, session, _options.UnclearTimeout, _time, _loggers.CreateLogger<Committer>()) { Reopened = Check };
        _committer.Start();
        await ProbeAsync();
        _probing = ProbeAlwaysAsync();
    }

    /// <inheritdoc />
    public async Task CommitAsync(Unit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await Committer.CommitAsync(unit, cancellationToken);
        if (unit.Owes)
        {
            Owed.Set();
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var database = Database;
        try
        {
            return await database.ReadAsync(statement, map, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or IOException or InvalidOperationException)
        {
            throw new StoreUnavailableException(database.Explain(exception), exception);
        }
    }

    /// <summary>Closes the committer after what it has begun, then the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_committer is { } committer)
        {
            await committer.DisposeAsync();
        }

        if (_database is { } database)
        {
            await database.DisposeAsync();
        }

        _stopping.Dispose();
    }

    /// <summary>The store ends before what it had acknowledged: nothing is taken any longer.</summary>
    internal void Behind(string what) => Committer.Halt(
        $"{Database.Place} is behind what it had acknowledged ({what}): it was restored, rolled back or failed over. Stop the suite and look at it before anything is entrusted to it again.");

    /// <summary>Runs a job on the writing session, between commits.</summary>
    internal Task RunAsync(Action<Session> job) => Committer.RunAsync(job);

    private Session Open(Database database)
    {
        Session? session = null;
        try
        {
            session = database.Open();
            Migrator.Run(session, database, _migrations, _time.GetUtcNow());
            _identity = StoreIdentity.Find(session) ?? Establish(session);
            Check(session);
            return session;
        }
        catch (Exception exception) when (exception is not (StoreStartException or StoreUnavailableException))
        {
            session?.Dispose();
            throw new StoreStartException(database.Explain(exception), exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private StoreIdentity Establish(Session session)
    {
        var made = new StoreIdentity(
            Guid.NewGuid().ToString("N"), StoreIdentity.NewEpoch(), _options.Exercise, Guid.NewGuid().ToString("N"), _time.GetUtcNow(), "");
        made.Create(session);
        return made;
    }

    private void Check(Session session)
    {
        if (Database.Lost(session) is { } lost)
        {
            throw new StoreUnavailableException(lost);
        }
    }

    private async Task ProbeAlwaysAsync()
    {
        using PeriodicTimer timer = new(s_probe, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            await ProbeAsync();
        }
    }

    /// <summary>Writes one small value durably and keeps what came of it.</summary>
    private async Task ProbeAsync()
    {
        var reason = Committer.Fault;
        try
        {
            await Committer.RunAsync(session =>
            {
                Check(session);
                session.Execute(new("update store set beat = beat + 1"));
            }).WaitAsync(_options.OperationTimeout, _time, _stopping.Token);
            reason = Committer.Fault;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            reason = exception is TimeoutException ? $"{Database.Place} did not answer within {_options.OperationTimeout.TotalSeconds:0} s." : exception.Message;
        }

        var folder = _options.ConnectionString is { Length: > 0 } ? null : _options.DataDirectory;
        Volatile.Write(ref _status, new(reason.Length == 0, reason, folder, folder is null ? null : Ballast.FreeBytes(folder), Database.UsedBytes()));
    }
}
