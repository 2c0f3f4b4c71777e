using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Processes;
using EarlyWarning.Store.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.TestKit;

/// <summary>
/// The suite's store on a file in memory: all that it promises but durability. It outlasts whoever uses it, as a disk outlasts a process,
/// and its journals fail where a test says so.
/// </summary>
public sealed partial class TestStore : IStore, IJournals, IJournalTrimming, IDueTimes, IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private readonly string _folder = Directory.Exists(Memory)
        ? Path.Combine(Memory, $"early-warning-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("early-warning-").FullName;
    private readonly SqlJournals _journals;
    private readonly SqlDueTimes _dueTimes;
    private readonly ConcurrentDictionary<string, int> _reads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _readEntries = new(StringComparer.Ordinal);
    private long _rowsRead;

    /// <param name="time">The clock of journals and due times.</param>
    /// <param name="migrations">The tables of the services under test.</param>
    public TestStore(TimeProvider time, params IReadOnlyList<Migration> migrations)
        : this(time, null, migrations) { }

    /// <param name="time">The clock of journals and due times.</param>
    /// <param name="postgres">Where the tables are, instead of in memory.</param>
    /// <param name="migrations">The tables of the services under test.</param>
    public TestStore(TimeProvider time, PostgresServer? postgres, params IReadOnlyList<Migration> migrations)
    {
        Store = new(
            new()
            {
                DataDirectory = _folder,
                Ballast = false,
                ConnectionString = postgres?.ConnectionString,
            },
            migrations,
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

        // A test's fixture is made at once; nothing else runs in this moment.
        Task.Run(() => Store.StartAsync(CancellationToken.None)).GetAwaiter().GetResult();
        _journals = new(Store, time);
        (_dueTimes, Outbox) = (new(Store, time), new SqlOutbox(Store, TimeProvider.System));

        // Not every test says that it is done with it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete();
    }

    public SuiteStore Store { get; }

    /// <summary>The folder of the archive's files.</summary>
    public string ArchivePath => Path.Combine(_folder, ArchiveFolder.Name);

    /// <summary>What operators see of what is owed.</summary>
    public IOwedEvents Events => new OwedEvents(Store);

    public IOutbox Outbox { get; }

    /// <summary>Registers all of it.</summary>
    public void Register(IServiceCollection services) =>
        services
            .AddSingleton<IStore>(this)
            .AddSingleton<IStoreHealth>(Store)
            .AddSingleton<IJournals>(this)
            .AddSingleton<IDueTimes>(this)
            .AddSingleton<IProcesses>(new SuiteProcesses(Store, TimeProvider.System))
            .AddSingleton(Outbox);

    /// <summary>Gets the entries of a journal that are not trimmed.</summary>
    public IReadOnlyList<JournalEntry> Entries(string journal) =>
        Read($"select {EntryRow.Columns} from journal where journal = $1 order by position", row => EntryRow.Read(journal, row), journal);

    /// <summary>Gets the position of a journal's last entry.</summary>
    public long Tail(string journal) =>
        Read("select coalesce(max(position), 0) from journal where journal = $1", row => row.GetInt64(0), journal)[0];

    /// <summary>Gets how often journals whose names start so were read.</summary>
    public int Reads(string prefix) => _reads.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(pair => pair.Value);

    /// <summary>Gets how many entries of a journal were read.</summary>
    public int ReadEntries(string journal) => _readEntries.GetValueOrDefault(journal);

    /// <summary>Gets how many rows of tables were read.</summary>
    public long RowsRead => Interlocked.Read(ref _rowsRead);

    /// <summary>Moves into the archive what may be moved of the journals whose names start so, as if all of it were old.</summary>
    public async Task<ArchiveStatus> ArchiveAsync(string prefix)
    {
        MovedTime later = new(TimeProvider.System) { Moved = TimeSpan.FromDays(36_500) };
        await new JournalArchiver(Store, [new(prefix)], later, NullLogger<JournalArchiver>.Instance).RoundAsync(CancellationToken.None);
        return Store.ArchiveStatus;
    }

    /// <summary>Appends behind the back of the writer, which stays the writer.</summary>
    public void Put(string journal, ReadOnlyMemory<byte> payload)
    {
        var (position, now, entry) = (Tail(journal) + 1, DateTimeOffset.UtcNow.UtcTicks, payload.ToArray());
        var unit = new Unit()
            .Add("insert into writer (journal, epoch) values ($1, 1) on conflict (journal) do nothing", journal)
            .Add(
                "insert into journal (journal, position, unit, recorded, checksum, entry) values ($1, $2, 1, $3, $4, $5)",
                journal,
                position,
                now,
                EntryRow.Checksum(journal, position, 1, now, entry),
                entry
            );
        Task.Run(() => Store.CommitAsync(unit, CancellationToken.None)).GetAwaiter().GetResult();
    }

    public async Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return new Writer(this, await _journals.OpenAsync(journal, cancellationToken));
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, CancellationToken cancellationToken) =>
        ReadAsync(journal, after, long.MaxValue, cancellationToken);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string journal,
        long after,
        long last,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        _reads.AddOrUpdate(journal, 1, (_, reads) => reads + 1);
        await foreach (var entry in _journals.ReadAsync(journal, after, last, cancellationToken))
        {
            _readEntries.AddOrUpdate(journal, 1, (_, entries) => entries + 1);
            yield return entry;
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAtAsync(
        string journal,
        IReadOnlyList<long> positions,
        CancellationToken cancellationToken
    )
    {
        _reads.AddOrUpdate(journal, 1, (_, reads) => reads + 1);
        var found = await _journals.ReadAtAsync(journal, positions, cancellationToken);
        _readEntries.AddOrUpdate(journal, found.Count, (_, entries) => entries + found.Count);
        return found;
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) =>
        _journals.ReadSnapshotAsync(journal, atOrBefore, cancellationToken);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return _journals.WriteSnapshotAsync(journal, position, payload, cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        _journals.ListAsync(prefix, cancellationToken);

    public Task TrimAsync(string journal, long position, CancellationToken cancellationToken) =>
        _journals.TrimAsync(journal, position, cancellationToken);

    public async Task CommitAsync(Unit unit, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        if (BeforeNextCommit is { } before)
        {
            BeforeNextCommit = null;
            await before();
        }

        await Store.CommitAsync(unit, cancellationToken);
        ThrowIfLost();
    }

    public Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        Store.ReadAsync(
            statement,
            row =>
            {
                Interlocked.Increment(ref _rowsRead);
                return map(row);
            },
            cancellationToken
        );

    public StoreIdentity Identity => Store.Identity;

    public ISignals Signals => Store.Signals;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Delete();
    }

    private void Delete()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private IReadOnlyList<T> Read<T>(string sql, Func<DbDataReader, T> map, params object?[] values) =>
        Task.Run(() => Store.ReadAsync(new(sql, values), map, CancellationToken.None)).GetAwaiter().GetResult();
}
