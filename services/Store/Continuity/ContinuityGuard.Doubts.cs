using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Continuity;

/// <content>What shows that the store is not the one that it was.</content>
internal sealed partial class ContinuityGuard
{
    private string? Doubt(DatabaseSession session, bool suspected, bool disturbed)
    {
        if (_written is not null)
        {
            return _written;
        }

        if (database.Lost(session) is { } lost)
        {
            return lost;
        }

        if (Differs(session, out var row) is { } reason)
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
        return Beat(session, row!) ? null : Differs(session, out _) ?? _running.Written("its beat");
    }

    private string? Behind(DatabaseSession session) => heads.Behind(session, database) is { } behind ? _running.Behind(behind) : null;

    private string? Differs(DatabaseSession session, out StoreRow? row)
    {
        row = StoreRow.Find(session, database).Row;
        var known = _mark!;
        var same = row is not null && (row.Identity.Identity == known.Identity || IsOurs(row.Identity, known));
        _unreadable =
            row is null ? _running.Emptied(known)
            : same ? null
            : _running.Replaced(row.Identity, known);
        if (_unreadable is not null)
        {
            return _unreadable;
        }

        if (row!.Identity.Epoch != known.Epoch || row.Identity.Owner != known.Owner)
        {
            return options.Shared ? End(_running.TakenByOther(row.Identity, known)) : _running.Taken(row.Identity, known);
        }

        var (beat, own) = (Interlocked.Read(ref _beat), process.Beats(session));
        return row.Beat < beat ? _running.Behind(ContinuityWords.Beats(row.Beat, beat))
            : row.Writer != _writer
                ? options.Shared ? End(_running.TakenAlone(row.Writer))
                    : _written = _running.Written(
                        row.Writer.Length > 0 ? $"the process {row.Writer} has it for itself" : "several processes share it"
                    )
            : own is null
                ? options.Shared && !_doubted ? End(_running.GivenUp)
                    : _running.Behind("it has no row of this process")
            : own < _ownBeat ? _running.Behind($"this process has {own} beats in it, and had {_ownBeat}")
            : Accept(row.Beat, own.Value);
    }

    /// <summary>A beat whose commit was not answered may have happened.</summary>
    private string? Accept(long beat, long own)
    {
        Interlocked.Exchange(ref _beat, beat);
        _ownBeat = own;
        return null;
    }

    private bool Beat(DatabaseSession session, StoreRow row)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                session.Begin();
                if (!row.TryBeat(session, _writer) || !process.Beat(session, _ownBeat, time.GetUtcNow()))
                {
                    session.Rollback();
                    return false;
                }

                session.Commit();
                break;
            }
            catch (Exception exception) when (database.Classify(exception) == StoreFault.Turn && attempt < MostTurns)
            {
                session.Rollback();
            }
            catch
            {
                session.Rollback();
                throw;
            }
        }

        Interlocked.Increment(ref _beat);
        _ownBeat++;
        return true;
    }
}
