using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;

namespace EarlyWarning.Store.Committing;

/// <content>Whether the store is still the one that it was, asked every second.</content>
public sealed partial class SuiteStore
{
    /// <summary>No disk brings anything to safety in less: whoever says so keeps it in memory.</summary>
    private static readonly TimeSpan s_tooFast = TimeSpan.FromMicroseconds(20);

    private string _note = "";

    /// <summary>
    /// Takes the store over as it is: a new epoch, this suite's owner's mark, in use again. For a store that is quiet, or that was refused
    /// while the suite ran.
    /// </summary>
    /// <exception cref="StoreInUseException">There is nothing to take over.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written, or is of the other mode.</exception>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="with">What becomes durable with it, from the new epoch; <see langword="null"/> for nothing.</param>
    public async Task<StoreIdentity> ResumeAsync(CancellationToken cancellationToken, Func<string, Statement?>? with = null)
    {
        var (guard, committer, database) = (Guard, Committer, Database);
        if (!committer.IsHalted)
        {
            // A store that only does not answer is none to be taken over.
            throw committer.Fault is { Length: > 0 } fault
                ? new StoreUnavailableException(fault)
                : new StoreInUseException("The store is in use, and nothing is amiss with it: there is nothing to take over.");
        }

        guard.AskTakeOver();
        database.MayCreate = true;
        try
        {
            // A session that has lost its file is thrown away by the first attempt; the next one opens what is there.
            await committer
                .RunAsync(session => TakeOver(guard, session, with))
                .WaitAsync(_options.OperationTimeout, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await committer
                .RunAsync(session => TakeOver(guard, session, with))
                .WaitAsync(_options.OperationTimeout, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException(
                $"{Database.Place} did not answer within {_options.OperationTimeout.TotalSeconds:0} s.",
                exception
            );
        }
        finally
        {
            database.MayCreate = false;
            guard.WithdrawTakeOver();
        }

        committer.Resume();
        LogTaken(guard.Identity.Epoch);
        await ProbeAsync();
        return guard.Identity;
    }

    private void TakeOver(ContinuityGuard guard, DatabaseSession session, Func<string, Statement?>? with)
    {
        if (guard.TakeOverAsked)
        {
            if (Database.Lost(session) is { } lost)
            {
                throw new IOException(lost);
            }

            guard.TakeOver(session, with);
        }
    }

    private void Announce(ContinuityGuard guard)
    {
        if (guard.Quiet is { Length: > 0 } quiet)
        {
            Committer.Halt(quiet);
        }

        if (guard.Note is { Length: > 0 } note)
        {
            _note = note;
            LogOdd(note);
        }

        if (
            _options.ConnectionString is not { Length: > 0 }
            && DurableFile.MeasureFlush(_options.DataDirectory, _time) is var took
            && took < s_tooFast
        )
        {
            _note =
                $"The disk of {_options.DataDirectory} says within {took.TotalMicroseconds:0} µs that something is safe, which no "
                + "disk can do: what is acknowledged may be lost at a power cut. Look at its "
                + "write cache, or choose another disk with --data.";
            LogOdd(_note);
        }
    }

    private async Task ProbeAlwaysAsync()
    {
        var heartbeat = Heartbeats.Begin("store watch");
        using PeriodicTimer timer = new(s_probe, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            heartbeat.Beat();
            await ProbeAsync();
        }
    }

    /// <summary>Proves by a small durable write that the store is what it was, and keeps what came of it.</summary>
    private async Task ProbeAsync()
    {
        string reason;
        TimeSpan? wrote = null;
        var began = _time.GetTimestamp();
        try
        {
            await Committer.RunAsync(Prove).WaitAsync(_options.OperationTimeout, _time, _stopping.Token);
            wrote = _time.GetElapsedTime(began);
            reason = Quiet.Length > 0 ? "" : Committer.Fault;
            Guard.Keep();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            reason =
                exception is TimeoutException
                    ? $"{Database.Place} did not answer within " + $"{_options.OperationTimeout.TotalSeconds:0} s."
                    : exception.Message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The mark stays a little behind, which refuses nothing that is right.
            reason = Committer.Fault;
        }
#pragma warning disable CA1031 // Unforeseen, and no reason to go on saying what was last known.
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            reason = $"Whether {Database.Place} is well could not be found out: {exception.Message}";
        }

        var folder = _options.ConnectionString is { Length: > 0 } ? null : _options.DataDirectory;
        var free = folder is null ? null : Ballast.FreeBytes(folder);
        Volatile.Write(
            ref _status,
            new(reason.Length == 0, reason, folder, free, Database.UsedBytes())
            {
                Note = _note,
                LogBytes = Database.LogBytes,
                WriteTime = wrote,
                Archive = ArchiveStatus,
            }
        );
    }

    private void Reopened(DatabaseSession session)
    {
        try
        {
            Guard.Reopened(session);
        }
        catch (StoreUnavailableException exception)
        {
            // The next session is asked again; until one proves it, what waits is told why.
            Guard.Suspect();
            Committer.Halt(exception.Message);
            throw;
        }
    }

    private void Prove(DatabaseSession session)
    {
        var disturbed = Committer.TakeDisturbed();
        if (Guard.Check(session, disturbed) is { } reason)
        {
            Committer.Halt(reason);
            throw new StoreUnavailableException(reason);
        }

        if (Quiet.Length == 0 && !Guard.IsSuspected)
        {
            Committer.Resume();
        }

        if (Quiet.Length == 0 && !disturbed)
        {
            Committer.Proved();
        }
    }

    /// <summary>What the folder knows at a clean stop is exactly what the store has acknowledged.</summary>
    private async Task LastBeatAsync(Committer committer)
    {
        if (committer.Away is not null)
        {
            return;
        }

        try
        {
            await committer.RunAsync(Prove).WaitAsync(s_probe, _time);
            Guard.Keep(last: true);
            await committer.RunAsync(Guard.Leave).WaitAsync(s_probe, _time);
            await committer.RunAsync(Database.Settle).WaitAsync(_options.OperationTimeout, _time);
        }
        catch (Exception exception)
            when (exception is StoreUnavailableException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            // Then the mark is up to a second old.
        }
    }
}
