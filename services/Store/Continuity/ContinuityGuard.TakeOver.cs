using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Store.Continuity;

/// <content>How a store becomes this folder's, or this process one of those that share it.</content>
internal sealed partial class ContinuityGuard
{
    /// <summary>Looks at what is there, makes what must be made, and brings the tables to this build's form.</summary>
    /// <exception cref="StoreStartException">It is not this folder's store, or not what it was, or in others' hands.</exception>
    public void Start(DatabaseSession session)
    {
        _mark = StoreMark.Read(_folder);
        StoreRow? row = null;
        Migrator.Run(session, database, migrations, time.GetUtcNow(), before => row = Enter(session, before));
        Use(session, row!, _quiet.Length == 0);
    }

    /// <summary>Takes the store as it is, under a new epoch and a new owner's mark, in use from here on.</summary>
    /// <exception cref="StoreUnavailableException">It is of the other mode.</exception>
    /// <param name="session">The session that writes.</param>
    /// <param name="with">What becomes durable with it, from the new epoch.</param>
    public void TakeOver(DatabaseSession session, Func<string, Statement?>? with = null)
    {
        StoreRow? row = null;
        Migrator.Run(session, database, migrations, time.GetUtcNow(), _ =>
        {
            var found = StoreRow.Find(session, database).Row;
            if (found is not null && found.Identity.Exercise != options.Exercise)
            {
                throw new StoreUnavailableException(_running.Mode(found.Identity.Exercise));
            }

            row = Take(session, found);
            if (with?.Invoke(row.Identity.Epoch) is { } statement)
            {
                session.Execute(statement);
            }
        });
        Use(session, row!, mark: true);
        heads.Forget();
        (_written, _unreadable, _quiet, _takeOver, _doubted) = (null, null, "", false, false);
    }

    private StoreRow Enter(DatabaseSession session, bool before)
    {
        var found = StoreRow.Find(session, database).Row;
        if (found is not null && found.Identity.Exercise != options.Exercise)
        {
            throw new StoreStartException(_starting.Mode(found.Identity.Exercise));
        }

        if (options.Resume)
        {
            return Take(session, found);
        }

        if (Refused(_mark, before, found) is { } refused)
        {
            throw new StoreStartException(refused);
        }

        return found is null ? Take(session, found)
            : options.Shared ? Join(session, found)
            : Adopt(session, found);
    }

    private string? Refused(StoreMark? mark, bool table, StoreRow? found)
    {
        if (found is null)
        {
            return table || mark is { Epoch.Length: > 0 } ? _starting.Emptied(mark) : null;
        }

        return mark is null
            ? options.Shared && found.Writer.Length == 0
                ? null
                : _starting.Foreign(found.Identity)
            : found.Identity.Epoch == mark.NextEpoch
                ? null
                : mark.Identity != found.Identity.Identity && !IsOurs(found.Identity, mark)
                    ? _starting.Replaced(found.Identity, mark)
                    : found.Identity.Epoch != mark.Epoch || found.Identity.Owner != mark.Owner
                        ? options.Shared && found.Writer.Length == 0
                            ? null
                            : _starting.Taken(found.Identity, mark)
                        : found.Beat < mark.Beat
                            ? _starting.Behind(ContinuityWords.Beats(found.Beat, mark.Beat))
                            : null;
    }

    /// <summary>Of several processes one may have taken over another store than the others knew, for all of them.</summary>
    private bool IsOurs(StoreIdentity found, StoreMark mark) => options.Shared && found.Owner == mark.Owner;

    /// <summary>
    /// Makes the store, or takes what is there under a new epoch; the mark is written first, so that a crash between them is not taken for
    /// a stranger's hand.
    /// </summary>
    private StoreRow Take(DatabaseSession session, StoreRow? found)
    {
        var owner = options.Shared && _mark is { } mark ? mark.Owner : StoreIdentity.NewOwner();
        var identity = found is null
            ? StoreIdentity.New(options.Exercise, time.GetUtcNow()) with
            {
                Owner = owner,
            }
            : found.Identity with
            {
                Epoch = StoreIdentity.NewEpoch(),
                Owner = owner,
                Quiet = "",
            };
        Mark(StoreMark.Before(identity, _mark, _folder));
        StoreRow row = new(identity, (found?.Beat ?? 0) + 1, _writer);
        session.Execute(new("delete from store"));
        ProcessRow.Clear(session);
        row.Insert(session);
        process.Insert(session, time.GetUtcNow());
        return row;
    }

    /// <summary>Goes on as the one process that has the store.</summary>
    private StoreRow Adopt(DatabaseSession session, StoreRow found)
    {
        var moved = _mark!.Place != FolderLocation.Of(_folder);
        if (moved || found.Identity.Quiet.Length > 0)
        {
            _quiet = ContinuityWords.Quiet(
                found.Identity.Quiet.Length > 0
                    ? found.Identity.Quiet
                    : $"the data folder {_folder} was moved or copied, from {_mark.Place.Path}"
            );
            return found;
        }

        ForgetEarlier(session);
        if (database.ForShare.Length > 0 && process.Others(session) is { Count: > 0 } others)
        {
            throw new StoreStartException(_starting.InUse(others)) { PassesWithin = s_ended };
        }

        ProcessRow.Clear(session);
        return Register(session, found);
    }

    private void Use(DatabaseSession session, StoreRow row, bool mark)
    {
        _identity = row.Identity;
        Interlocked.Exchange(ref _beat, row.Beat);
        _ownBeat = process.Beats(session) ?? 0;
        _version = database.Version(session);
        if (!mark)
        {
            return;
        }

        var server = database.Server(session);
        if (
            _mark is { Exact: false, Server.Length: > 0, Epoch: var epoch } before
            && epoch == row.Identity.Epoch
            && before.Server != server
        )
        {
            Note = ContinuityWords.FailedOver(database.Place);
        }

        Mark(StoreMark.Of(row.Identity, row.Beat, _folder, server, process.Id));
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
