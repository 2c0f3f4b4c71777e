using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Continuity;

/// <content>How a process joins those that are on the store already, and waits for those that have left.</content>
internal sealed partial class ContinuityGuard
{
    /// <summary>
    /// Within this a process that was killed counts as ended: one that was killed in the midst of its start may have been of this folder.
    /// </summary>
    private static readonly TimeSpan s_ended = Database.ProcessEndsAfter + TimeSpan.FromSeconds(1);

    /// <summary>Becomes one of the processes that share the store.</summary>
    private StoreRow Join(DatabaseSession session, StoreRow found)
    {
        ForgetEarlier(session);
        if (found.Writer.Length > 0 && process.Runs(session, found.Writer))
        {
            throw new StoreStartException(_starting.Alone(found.Writer)) { PassesWithin = s_ended };
        }

        if (found.Identity.Quiet.Length == 0)
        {
            return Register(session, found);
        }

        _quiet = ContinuityWords.Quiet(found.Identity.Quiet);
        process.Insert(session, time.GetUtcNow());
        return found;
    }

    private StoreRow Register(DatabaseSession session, StoreRow found)
    {
        process.Insert(session, time.GetUtcNow());
        return found.TryBeat(session, _writer)
            ? found with
            {
                Beat = found.Beat + 1,
                Writer = _writer,
            }
            : throw new StoreStartException(_starting.Written("its beat"));
    }

    /// <summary>The process that had this folder before has ended, because this one holds it now.</summary>
    private void ForgetEarlier(DatabaseSession session)
    {
        if (_mark is { Process.Length: > 0 } mark && mark.Place == FolderLocation.Of(_folder))
        {
            ProcessRow.Delete(session, mark.Process);
        }
    }

    /// <summary>
    /// Stays alive beside the others while the store is quiet. Nothing was written meanwhile, so that what was read is still right when one
    /// of them has taken the store over: this process goes on in the new epoch.
    /// </summary>
    private string? Wait(DatabaseSession session)
    {
        if (StoreRow.Find(session, database).Row is not { } row || row.Identity.Identity != Identity.Identity)
        {
            return null;
        }

        if (row.Writer.Length > 0 && row.Identity.Quiet.Length == 0)
        {
            return End(_running.TakenAlone(row.Writer));
        }

        session.Begin();
        try
        {
            var now = time.GetUtcNow();
            var beats = process.Beats(session);
            if (beats is null)
            {
                process.Insert(session, now);
            }
            else
            {
                process.Beat(session, beats.Value, now);
            }

            // The row may be another one by now; then the next look finds it.
            var goesOn = row.Identity.Quiet.Length == 0 && row.TryBeat(session, _writer);
            session.Commit();
            _ownBeat = beats + 1 ?? 0;
            if (goesOn)
            {
                Use(session, row with { Beat = row.Beat + 1 }, mark: true);
                _quiet = "";
            }
        }
        catch
        {
            session.Rollback();
            throw;
        }

        return null;
    }
}
