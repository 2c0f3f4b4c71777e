using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>What follows when the database fails: for the session, and for those who wait.</content>
internal sealed partial class Committer
{
    /// <summary>
    /// Why there is no session, once one could not be opened; <see langword="null"/> else. An attempt to open one may take seconds, for
    /// which nobody has to wait.
    /// </summary>
    public string? Away => Volatile.Read(ref _session) is null && Volatile.Read(ref _fault) is { Length: > 0 } fault ? fault : null;

    /// <summary>The session that writes, opened again where it was lost; <see langword="null"/> where that fails.</summary>
    private DatabaseSession? Session()
    {
        if (_session is not null || _stopping)
        {
            return _session;
        }

        DatabaseSession? opened = null;
        try
        {
            opened = _database.Open();
            Reopened(opened);
            _session = opened;
            Good();
        }
        catch (Exception exception) when (exception is not (StoreStartException or StoreUnavailableException))
        {
            opened?.Dispose();
            Bad(_database.Explain(exception));
        }
        catch (Exception exception)
        {
            opened?.Dispose();
            Bad(exception.Message);
        }

        return _session;
    }

    private void Broken(Exception exception)
    {
        Bad(_database.Explain(exception));
        if (_database.Classify(exception) == StoreFault.Session)
        {
            _session?.Dispose();
            _session = null;
        }
        else
        {
            _session?.Rollback();
        }
    }

    /// <summary>
    /// Without a session the units behind the group are told at once too; jobs wait, for one of them may be what opens it.
    /// </summary>
    private void FailWaiting(List<CommitterJob> group)
    {
        group.Clear();
        if (_session is not null)
        {
            return;
        }

        lock (_gate)
        {
            group.AddRange(_waiting.Where(work => work.Job is null));
            var jobs = _waiting.Where(work => work.Job is not null).ToList();
            _waiting.Clear();
            _waitingBytes = 0;
            jobs.ForEach(_waiting.Enqueue);
        }

        FailRest(group);
        group.Clear();
    }

    private void FailRest(List<CommitterJob> group)
    {
        foreach (var work in group)
        {
            work.Fail(new StoreUnavailableException(Fault.Length > 0 ? Fault : "The store is not available."));
        }
    }

    private void Good()
    {
        if (_fault.Length > 0)
        {
            Volatile.Write(ref _fault, "");
            LogAvailable();
        }
    }

    private void Bad(string fault)
    {
        Tell(fault);
        Interlocked.Exchange(ref _disturbed, 1);
    }

    private void Tell(string fault)
    {
        if (_fault.Length == 0)
        {
            LogStoreUnavailable(fault);
        }

        Volatile.Write(ref _fault, fault);
    }
}
