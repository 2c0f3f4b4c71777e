using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>How the database is opened, and waited for where it is not there yet.</content>
public sealed partial class SuiteStore
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Does what a start needs of the open store, again and again while the store does not answer and the start's patience lasts.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It has not answered, or was taken over.</exception>
    public async Task PatientlyAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        for (var pause = s_firstPause; ; pause = Longer(pause))
        {
            try
            {
                await act();
                return;
            }
            catch (StoreUnavailableException) when (!Ended.IsCompleted && _time.GetElapsedTime(began) < _options.StartPatience)
            {
                // The store's own watch says why.
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    /// <summary>Several processes have a server in common, and no folder: neither a store nor an archive is kept in one.</summary>
    private void CheckShared()
    {
        if (_options.Shared && _options.ConnectionString is not { Length: > 0 })
        {
            throw new StoreStartException("Several processes share a PostgreSQL: name it with --store.");
        }

        if (_options.Shared && _options.ArchiveAfter is not null)
        {
            throw new StoreStartException(
                "Several processes that share a store have no folder in common for an archive: nothing may be moved into one."
            );
        }
    }

    /// <summary>
    /// Tries until the database can be used, as long as what is amiss may pass by itself and the start's patience lasts; meanwhile
    /// <see cref="Status"/> and the log say what is waited for.
    /// </summary>
    private async Task<(ContinuityGuard Guard, DatabaseSession Session)> OpenPatientlyAsync(
        Database database,
        CancellationToken cancellationToken
    )
    {
        var began = _time.GetTimestamp();
        var (since, said, restored) = (began, "", false);
        for (var pause = s_firstPause; ; pause = Longer(pause))
        {
            try
            {
                await database.CheckAsync(cancellationToken);
                if (_options.RestoreFrom is { Length: > 0 } copy && !restored)
                {
                    await Task.Run(() => Restore.Run(copy, _options, database, _migrations, _time), cancellationToken);
                    restored = true;
                }

                ContinuityGuard guard = new(database, _options, _migrations, Heads, new(Process, _options, database, FilesText), _time);
                var session = await Task.Run(() => Open(database, guard), cancellationToken);
                _guard = guard;
                if (said.Length > 0)
                {
                    LogThere(database.Place, _time.GetElapsedTime(began).TotalSeconds);
                }

                return (guard, session);
            }
            catch (StoreStartException exception) when (exception.PassesWithin is not null)
            {
                if (said != exception.Message)
                {
                    (said, since) = (exception.Message, _time.GetTimestamp());
                    LogAwaited(exception.Message);
                    Volatile.Write(ref _status, new(false, $"The start waits for the store. {exception.Message}", null, null, null));
                }

                if (_time.GetElapsedTime(began) >= _options.StartPatience || _time.GetElapsedTime(since) >= exception.PassesWithin)
                {
                    throw;
                }
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private static StoreStartException NotNow(string message, Database database, Exception exception) =>
        new(message, exception) { PassesWithin = database.MayPass(exception) ? TimeSpan.MaxValue : null };

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;

    private DatabaseSession Open(Database database, ContinuityGuard guard)
    {
        DatabaseSession? session = null;
        try
        {
            database.MayCreate = _options.Resume || StoreMark.Read(_options.DataDirectory) is not { Epoch.Length: > 0 };
            session =
                database.Exists() || database.MayCreate
                    ? database.Open()
                    : throw new StoreStartException(
                        new ContinuityWords(database.Place, _options.DataDirectory, running: false).Emptied(
                            StoreMark.Read(_options.DataDirectory)
                        )
                    );
            guard.Start(session);
            database.MayCreate = false;
            return session;
        }
        catch (StoreUnavailableException exception)
        {
            session?.Dispose();
            throw NotNow(exception.Message, database, exception);
        }
        catch (Exception exception) when (exception is not StoreStartException)
        {
            session?.Dispose();
            throw NotNow(database.Explain(exception), database, exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }
}
