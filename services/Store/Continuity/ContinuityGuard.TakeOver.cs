using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Store.Continuity;

/// <content>How a store becomes this folder's.</content>
internal sealed partial class ContinuityGuard
{
    /// <summary>Takes the store as it is, under a new epoch and a new owner's mark, in use from here on.</summary>
    /// <exception cref="StoreUnavailableException">It is of the other mode.</exception>
    /// <param name="session">The session that writes.</param>
    /// <param name="with">What becomes durable with it, from the new epoch.</param>
    public void TakeOver(Session session, Func<string, Statement?>? with = null)
    {
        Migrator.Run(session, database, migrations, time.GetUtcNow());
        var found = StoreRow.Find(session, database).Row;
        if (found is not null && found.Identity.Exercise != options.Exercise)
        {
            throw new StoreUnavailableException(_running.Mode(found.Identity.Exercise));
        }

        var identity = found is null
            ? StoreIdentity.New(options.Exercise, time.GetUtcNow())
            : found.Identity with { Epoch = StoreIdentity.NewEpoch(), Owner = StoreIdentity.NewOwner(), Quiet = "" };
        Settle(session, new(identity, (found?.Beat ?? 0) + 1, _writer), make: found is null, with?.Invoke(identity.Epoch));
        heads.Forget();
        (_written, _unreadable, _quiet, _takeOver, _doubted) = (null, null, "", false, false);
    }

    /// <summary>Writes row and mark so that a crash between them is not taken for a stranger's hand.</summary>
    private void Settle(Session session, StoreRow row, bool make, Statement? with = null)
    {
        Mark(StoreMark.Before(row.Identity, _mark, _folder));
        session.Begin();
        try
        {
            if (!make)
            {
                session.Execute(new("delete from store"));
            }

            row.Insert(session);
            if (with is { } statement)
            {
                session.Execute(statement);
            }

            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }

        Use(session, row);
        Mark(StoreMark.Of(row.Identity, row.Beat, _folder, database.Server(session)));
    }

    private void Adopt(Session session, StoreRow found)
    {
        var moved = _mark!.Place != FolderPlace.Of(_folder);
        if (moved || found.Identity.Quiet.Length > 0)
        {
            _quiet = ContinuityWords.Quiet(found.Identity.Quiet.Length > 0
                ? found.Identity.Quiet
                : $"the data folder {_folder} was moved or copied, from {_mark.Place.Path}");
            Use(session, found);
            return;
        }

        if (!found.TryBeat(session, _writer))
        {
            throw new StoreStartException(_starting.Written("another process counts its beats"));
        }

        Use(session, found with { Beat = found.Beat + 1 });
        var server = database.Server(session);
        if (_mark is { Exact: false, Server.Length: > 0 } mark && mark.Server != server)
        {
            Note = ContinuityWords.FailedOver(database.Place);
        }

        Mark(StoreMark.Of(found.Identity, found.Beat + 1, _folder, server));
    }

    private void Use(Session session, StoreRow row)
    {
        _identity = row.Identity;
        Interlocked.Exchange(ref _beat, row.Beat);
        _version = database.Version(session);
    }

    private void Mark(StoreMark mark)
    {
        lock (_marking)
        {
            mark.Write(_folder);
            _mark = mark;
        }
    }
}
