using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Store.Continuity;

/// <summary>
/// Knows which store this is and how far it had come, and proves again and again that what answers is the same one with nothing lost. All
/// calls come from the committer's thread, after <see cref="Start"/>; properties may be read by any.
/// </summary>
internal sealed partial class ContinuityGuard(
    Database database, StoreOptions options, IReadOnlyList<Migration> migrations, JournalHeads heads, TimeProvider time)
{
    private readonly string _folder = options.DataDirectory;
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly ContinuityWords _starting = new(database.Place, options.DataDirectory, running: false);
    private readonly ContinuityWords _running = new(database.Place, options.DataDirectory, running: true);
    private readonly Lock _marking = new();
    private volatile StoreIdentity? _identity;
    private volatile string _quiet = "";
    private volatile string? _unreadable;
    private volatile bool _takeOver;
    private StoreMark? _mark;
    private long _beat;
    private long? _version;
    private string? _written;
    private volatile bool _doubted;

    /// <summary>Which store this is.</summary>
    public StoreIdentity Identity => _identity ?? throw new StoreUnavailableException("The store has not been started.");

    /// <summary>Why the store is only read, in words for an operator; empty where it is in use.</summary>
    public string Quiet => _quiet;

    /// <summary>
    /// Why what is there is not even read: it is another's, or empty, and would look like a world without risk; <see langword="null"/>
    /// where it may be.
    /// </summary>
    public string? Unreadable => _unreadable;

    /// <summary>What cannot be proved of what was before the start, in words for an operator; empty where nothing is.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Looks at what is there, makes what must be made, and brings the tables to this build's form.</summary>
    /// <exception cref="StoreStartException">It is not this folder's store, or not what it was.</exception>
    public void Start(Session session)
    {
        _mark = StoreMark.Read(_folder);
        var (table, found) = StoreRow.Find(session, database);
        if (found is not null && found.Identity.Exercise != options.Exercise)
        {
            throw new StoreStartException(_starting.Mode(found.Identity.Exercise));
        }

        if (!options.Resume && Refused(_mark, table, found) is { } refused)
        {
            throw new StoreStartException(refused);
        }

        Migrator.Run(session, database, migrations, time.GetUtcNow());
        if (options.Resume)
        {
            TakeOver(session);
        }
        else if (found is null)
        {
            Settle(session, new(StoreIdentity.New(options.Exercise, time.GetUtcNow()), 0, _writer), make: true);
        }
        else
        {
            Adopt(session, found);
        }
    }

    /// <summary>Proves that the store is the one it was, by a durable write.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="disturbed">
    /// Whether a write has failed since the last call, after which the database may count its own changes as another's.
    /// </param>
    /// <returns>Why nothing may be entrusted to it; <see langword="null"/> where all is well.</returns>
    /// <exception cref="IOException">What is open is no longer what its name leads to: the session is to be opened again.</exception>
    public string? Check(Session session, bool disturbed)
    {
        if (_quiet.Length > 0)
        {
            return null;
        }

        var suspected = _doubted;
        var doubt = Doubt(session, suspected || disturbed, disturbed);
        if (suspected || doubt is not null)
        {
            _doubted = doubt is not null;
        }

        return doubt;
    }

    /// <summary>
    /// Proves that a session that was opened again leads to the same store with nothing lost, or takes it over where that was asked for.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It does not.</exception>
    public void Reopened(Session session)
    {
        if (_takeOver)
        {
            TakeOver(session);
            return;
        }

        if (_quiet.Length == 0)
        {
            if ((_written ?? Differs(StoreRow.Find(session, database).Row) ?? Behind(session)) is { } reason)
            {
                throw new StoreUnavailableException(reason);
            }

            _version = database.Version(session);
        }
    }

    /// <summary>From here on the heads of all journals are part of the proof, until it is given; on any thread.</summary>
    public void Suspect() => _doubted = true;

    /// <summary>Whether the proof is still to be given.</summary>
    public bool IsSuspected => _doubted;

    /// <summary>The next session, or the next call of <see cref="TakeOver"/>, takes the store as it is.</summary>
    public void AskTakeOver() => _takeOver = true;

    /// <summary>What was asked for and has not happened, does not.</summary>
    public void WithdrawTakeOver() => _takeOver = false;

    /// <summary>Whether a take-over was asked for and has not happened.</summary>
    public bool TakeOverAsked => _takeOver;

    /// <summary>Writes what the store has acknowledged into the folder's mark; on any thread.</summary>
    /// <param name="last">Whether nothing will be written any longer.</param>
    public void Keep(bool last = false)
    {
        lock (_marking)
        {
            var beat = Interlocked.Read(ref _beat);
            if (_quiet.Length == 0 && _mark is { } mark && mark.Beat < beat && mark.Epoch == _identity?.Epoch)
            {
                _mark = mark with { Beat = beat, Exact = last };
                _mark.Write(_folder);
            }
        }
    }

    private string? Refused(StoreMark? mark, bool table, StoreRow? found)
    {
        if (found is null)
        {
            return table || mark is { Epoch.Length: > 0 } ? _starting.Emptied(mark) : null;
        }

        return mark is null ? _starting.Foreign(found.Identity)
            : found.Identity.Epoch == mark.NextEpoch ? null
            : mark.Identity != found.Identity.Identity ? _starting.Replaced(found.Identity, mark)
            : found.Identity.Epoch != mark.Epoch || found.Identity.Owner != mark.Owner ? _starting.Taken(found.Identity, mark)
            : found.Beat < mark.Beat ? _starting.Behind(ContinuityWords.Beats(found.Beat, mark.Beat))
            : null;
    }

    private string? Doubt(Session session, bool suspected, bool disturbed)
    {
        if (_written is not null)
        {
            return _written;
        }

        if (database.Lost(session) is { } lost)
        {
            return lost;
        }

        var row = StoreRow.Find(session, database).Row;
        if (Differs(row) is { } reason)
        {
            return reason;
        }

        var version = database.Version(session);
        if (version != _version && !disturbed)
        {
            return _written = _running.Written("the file has changes that are not this process's");
        }

        // Where others' writes do not show by themselves, the journals are looked at each time.
        if ((suspected || _version is null) && Behind(session) is { } behind)
        {
            return behind;
        }

        _version = version;

        if (!row!.TryBeat(session, _writer))
        {
            return Differs(StoreRow.Find(session, database).Row) ?? _running.Written("its beat");
        }

        Interlocked.Increment(ref _beat);
        return null;
    }

    private string? Behind(Session session) => heads.Behind(session, database) is { } behind ? _running.Behind(behind) : null;

    private string? Differs(StoreRow? row)
    {
        var known = _mark!;
        _unreadable = row is null ? _running.Emptied(known)
            : row.Identity.Identity != known.Identity ? _running.Replaced(row.Identity, known)
            : null;
        return _unreadable is not null ? _unreadable
            : row!.Identity.Epoch != known.Epoch || row.Identity.Owner != known.Owner ? _running.Taken(row.Identity, known)
            : row.Beat < Interlocked.Read(ref _beat) ? _running.Behind(ContinuityWords.Beats(row.Beat, Interlocked.Read(ref _beat)))
            : row.Writer != _writer ? _written = _running.Written($"a process {row.Writer} counts its beats")
            : Accept(row);
    }

    /// <summary>A beat whose commit was not answered may have happened.</summary>
    private string? Accept(StoreRow row)
    {
        Interlocked.Exchange(ref _beat, row.Beat);
        return null;
    }
}
