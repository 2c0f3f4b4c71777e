using System.Data.Common;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Signals;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Committing;

/// <summary>
/// The store as a whole: its database, its one committer, and whether both are as they should be. Start it before anything that keeps
/// state, and dispose it last. Thread-safe once started.
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
    private ContinuityGuard? _guard;
    private FolderLock? _hold;
    private Task _probing = Task.CompletedTask;
    private readonly StoreSignals _signals = new();
    private PostgresListener? _bell;
    private StoreStatus _status = new(false, "The store has not been started.", null, null, null);

    /// <summary>Makes a store that <see cref="StartAsync"/> opens.</summary>
    public SuiteStore(StoreOptions options, IEnumerable<Migration> migrations, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _loggers) = (options, time, loggers);
        _migrations = [.. Migration.Of("store", typeof(SuiteStore).Assembly), .. migrations];
        _logger = loggers.CreateLogger<SuiteStore>();
        Heartbeats = new(time);
        Archive = new(options.DataDirectory, () => Identity);
    }

    /// <inheritdoc />
    public StoreStatus Status => Volatile.Read(ref _status);

    /// <inheritdoc />
    public StoreIdentity Identity => Guard.Identity;

    /// <inheritdoc />
    public string Quiet => _guard?.Quiet ?? "";

    /// <inheritdoc />
    public ISignals Signals => _signals;

    /// <summary>The loops of this process: the store's own, and those that joined them.</summary>
    public Heartbeats Heartbeats { get; }

    /// <summary>What the SQL of a check that must hold until the commit ends with; empty where there is one writer only.</summary>
    internal string ForShare => Database.ForShare;

    /// <summary>The last positions that this process has seen acknowledged.</summary>
    internal JournalHeads Heads { get; } = new();

    /// <summary>The files into which old entries move.</summary>
    internal ArchiveFolder Archive { get; }

    /// <summary>What is in the archive, as whoever fills it has seen it last.</summary>
    internal ArchiveStatus ArchiveStatus { get; set; } = new(0, 0, 0, "");

    /// <summary>What is set of it.</summary>
    internal StoreOptions Options => _options;

    /// <summary>Whether nothing may be written, for now or until somebody takes the store over.</summary>
    internal bool IsReadOnly => Committer.IsHalted;

    private bool IsServer => _options.ConnectionString is { Length: > 0 };

    private ContinuityGuard Guard => _guard ?? throw new StoreUnavailableException("The store has not been started.");

    private Database Database => _database ?? throw new StoreUnavailableException("The store has not been started.");

    private Committer Committer => _committer ?? throw new StoreUnavailableException("The store has not been started.");

    /// <summary>Opens the store and brings its tables to this build's form. Calling it again does nothing.</summary>
    /// <exception cref="StoreStartException">
    /// The folder or the database will not do; the message is one line for an operator.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_committer is not null)
        {
            return;
        }

        CheckShared();
        _hold = FolderLock.Take(_options.DataDirectory);
        _database = _options.ConnectionString is { Length: > 0 } outside
            ? new PostgresDatabase(outside, _options.OperationTimeout, _options.Shared)
            : new SqliteDatabase(_options.DataDirectory, _options.OperationTimeout, _options.Ballast, _options.LargestLog, _logger);
        var (guard, session) = await OpenPatientlyAsync(_database, cancellationToken);
        _committer = new(_database, session, _options.UnclearTimeout, _time, _loggers.CreateLogger<Committer>())
        {
            Reopened = Reopened,
            Fence = guard.Fence,
            Beat = Heartbeats.Begin("commits").Beat,
        };
        _committer.Start();
        Announce(guard);
        if (_options.Shared && _database is PostgresDatabase postgres)
        {
            _bell = new(postgres, _signals, Process, _time, _loggers.CreateLogger<PostgresListener>());
            _bell.Start();
        }

        await ProbeAsync();
        _probing = ProbeAlwaysAsync();
    }

    /// <inheritdoc />
    public async Task CommitAsync(Unit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await (
            StoreSpans.Source.HasListeners()
                ? StoreSpans.CommitAsync(Committer.CommitAsync, unit, IsServer, cancellationToken)
                : Committer.CommitAsync(unit, cancellationToken)
        );
        if (unit.Owes)
        {
            Signals.Give(SignalNames.Owed);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var database = Database;
        if (_guard?.Unreadable is { } reason)
        {
            throw new StoreUnavailableException(reason);
        }

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
        if (_bell is { } bell)
        {
            await bell.DisposeAsync();
        }

        if (_committer is { } committer)
        {
            await LastBeatAsync(committer);
            await committer.DisposeAsync();
        }

        if (_database is { } database)
        {
            await database.DisposeAsync();
        }

        _hold?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The store ends before what it had acknowledged: nothing is taken until it is proved that nothing is lost.</summary>
    internal StoreUnavailableException Behind(string what)
    {
        Guard.Suspect();
        var reason = new ContinuityWords(Database.Place, _options.DataDirectory, running: true).Behind(what);
        Committer.Halt(reason);
        return new(reason);
    }

    /// <summary>Runs a job on the writing session, between commits.</summary>
    internal Task RunAsync(Action<DatabaseSession> job) => Committer.RunAsync(job);
}
