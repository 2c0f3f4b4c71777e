using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>How units share a transaction without sharing their faults.</content>
internal sealed partial class Committer
{
    /// <summary>So many faults of units in one group, and each is committed by itself.</summary>
    private const int MaxRuns = 4;

    /// <summary>So often a unit by itself waits for other processes: some five seconds.</summary>
    private const int MaxTurns = 20;
    private readonly List<Statement> _statements = [];
    private readonly List<int> _changed = [];

    /// <summary>Commits the group and answers each; what is left in it when this throws is not answered.</summary>
    private void Commit(DatabaseSession session, List<CommitterJob> group)
    {
        for (var run = 1; group.Count > 0; run++)
        {
            if (run > MaxRuns && group.Count > 1)
            {
                CommitSingly(session, group);
                return;
            }

            (CommitterJob Work, Exception Exception)? refused;
            try
            {
                session.Begin();
                if (Fence(session) is { } fenced)
                {
                    session.Rollback();
                    Halt(fenced);
                    return;
                }

                refused = TryRun(session, group);
            }
            catch (Exception exception) when (_database.Classify(exception) == StoreFault.Turn && (group.Count > 1 || run < MaxTurns))
            {
                // Nothing happened. By itself a unit touches its rows in the order in which all of its kind do.
                session.Rollback();
                run = Math.Max(run, MaxRuns);
                continue;
            }

            if (refused is { } failed)
            {
                session.Rollback();
                failed.Work.Fail(failed.Exception);
                group.Remove(failed.Work);
                continue;
            }

            CrashPoint.Reach(CrashPoint.BeforeCommit);
            try
            {
                session.Commit();
            }
            catch (Exception exception)
            {
                Bad(_database.Explain(exception));
                Resolve(group);
                return;
            }

            CrashPoint.Reach(CrashPoint.AfterCommit);
            if (_database.Lost(session) is { } lost)
            {
                // Committed, but to what nobody will find again.
                Halt(lost);
                return;
            }

            Good();
            group.ForEach(work => work.Complete());
            group.Clear();
        }
    }

    private void CommitSingly(DatabaseSession session, List<CommitterJob> group)
    {
        List<CommitterJob> one = [];
        while (group.Count > 0)
        {
            one.Add(group[0]);
            group.RemoveAt(0);
            try
            {
                Commit(_session ?? session, one);
            }
            catch
            {
                group.InsertRange(0, one);
                throw;
            }
        }
    }

    /// <summary>
    /// Runs all statements of the group in a transaction that stays open, and names the first unit that cannot be part of it.
    /// </summary>
    private (CommitterJob Work, Exception Exception)? TryRun(DatabaseSession session, List<CommitterJob> group)
    {
        _statements.Clear();
        _changed.Clear();
        foreach (var work in group)
        {
            _statements.AddRange(work.Unit!.Statements);
        }

        LockTables(session);
        try
        {
            session.Execute(_statements, _changed);
        }
        catch (StatementException exception) when (_database.Classify(exception) == StoreFault.Unit)
        {
            var failed = Owner(group, exception.Index);

            // A demand that broke a constraint is a demand that was not met: somebody else was first.
            var demand = failed
                .Unit!.Demands.Where(demand => demand.Index == exception.Index - Offset(group, failed))
                .Select(demand => demand.Refused)
                .FirstOrDefault();
            return (failed, demand?.Invoke() ?? new StoreConflictException($"The change was refused: {exception.Message}", exception));
        }

        var first = 0;
        foreach (var work in group)
        {
            foreach (var demand in work.Unit!.Demands)
            {
                if (_changed[first + demand.Index] != 1)
                {
                    return (work, demand.Refused());
                }
            }

            first += work.Unit.Statements.Count;
        }

        return null;
    }

    /// <summary>The commit may have happened: that is read, through a new session, for as long as it takes within the limit.</summary>
    private void Resolve(List<CommitterJob> group)
    {
        LogUnclear(group.Count);
        _session?.Dispose();
        _session = null;
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                if (Session() is { } session)
                {
                    foreach (var work in group)
                    {
                        Answer(session, work);
                    }

                    group.Clear();
                    return;
                }
            }
            catch (Exception exception) when (exception is not StoreStartException)
            {
                Broken(exception);
            }

            lock (_gate)
            {
                if (_stopping || _time.GetElapsedTime(started) >= _unclear)
                {
                    return;
                }

                // Nobody pulses for this: it is a pause that a stop ends.
                Monitor.Wait(_gate, s_pause);
            }
        }
    }

    /// <summary>
    /// Tables that one process at a time may write are taken first and in one order, so that no two processes wait for each other's.
    /// </summary>
    private void LockTables(DatabaseSession session)
    {
        if (_database.ForShare.Length == 0)
        {
            return;
        }

        foreach (
            var sql in _statements
                .Select(statement => statement.Sql)
                .Where(sql => sql.StartsWith(Statement.SharedOnly, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            session.Execute(new(sql));
        }
    }

    private static void Answer(DatabaseSession session, CommitterJob work)
    {
        if (work.Unit!.Proof is { } proof && session.Query(proof, _ => true).Count > 0)
        {
            work.Complete();
            return;
        }

        work.Fail(
            new StoreUnavailableException(
                work.Unit.Proof is null
                    ? "The store was lost in the middle of a change; it may or may not have happened."
                    : "The store was lost in the middle of a change, which did not happen."
            )
        );
    }

    private static CommitterJob Owner(List<CommitterJob> group, int index)
    {
        var first = 0;
        foreach (var work in group)
        {
            first += work.Unit!.Statements.Count;
            if (index < first)
            {
                return work;
            }
        }

        return group[^1];
    }

    private static int Offset(List<CommitterJob> group, CommitterJob of) =>
        group.TakeWhile(work => work != of).Sum(work => work.Unit!.Statements.Count);
}
