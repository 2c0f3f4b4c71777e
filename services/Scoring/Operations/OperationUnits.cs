using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using Google.Protobuf;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>What becomes of an operation, each in one transaction.</summary>
internal static class OperationUnits
{
    /// <summary>The queue of due times; its members are the names of operations that are to be forgotten then.</summary>
    public const string Queue = "operations";

    /// <summary>Keeps a new one, with what it was asked.</summary>
    public static Unit Start(this Unit unit, OperationState started, byte[] request) =>
        unit.Require(
                Changed,
                """
                insert into scoring_operation
                  (name, method, state, caller, verified, request_id, created, started, ended, expires, attempts, bytes, error)
                values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, $8, null)
                """,
                started.Name,
                (long)started.Method,
                (long)State.Queued,
                started.Caller,
                started.Verified ? 1L : 0L,
                started.RequestId,
                started.Created.UtcTicks,
                (long)request.Length
            )
            .Add("insert into scoring_operation_request (name, request) values ($1, $2)", started.Name, request);

    /// <summary>Begins one that waits, in a process.</summary>
    public static Unit Begin(this Unit unit, string name, string holder, DateTimeOffset now) =>
        unit.Require(
            Changed,
            "update scoring_operation set state = $1, started = $2, holder = $3, attempts = attempts + 1 where name = $4 and state = $5",
            (long)State.Running,
            now.UtcTicks,
            holder,
            name,
            (long)State.Queued
        );

    /// <summary>Lets one that runs in a process wait again, because that stops: that is no attempt of its own.</summary>
    public static Unit PutBack(this Unit unit, string name, string holder) =>
        unit.Require(
            Changed,
            "update scoring_operation set state = $1, holder = '', attempts = attempts - 1 where name = $2 and state = $3 and holder = $4",
            (long)State.Queued,
            name,
            (long)State.Running,
            holder
        );

    /// <summary>Lets all wait again that ran in a process when it was ended, but for those that were begun as often as may be.</summary>
    public static Unit Recover(this Unit unit, string holder, int mostAttempts) =>
        unit.Add(
            "update scoring_operation set state = $1, holder = '' where state = $2 and holder = $3 and attempts < $4",
            (long)State.Queued,
            (long)State.Running,
            holder,
            (long)mostAttempts
        );

    /// <summary>Ends one that runs with its result.</summary>
    public static Unit Succeed(this Unit unit, string name, byte[] result, DateTimeOffset now, TimeSpan retention) =>
        unit.End(name, State.Succeeded, [State.Running], result.Length, null, now, retention)
            .Add("insert into scoring_operation_result (name, result) values ($1, $2)", name, result);

    /// <summary>Ends one that runs with its error.</summary>
    public static Unit Fail(this Unit unit, string name, Google.Rpc.Status error, DateTimeOffset now, TimeSpan retention) =>
        unit.End(name, State.Failed, [State.Running], 0, error, now, retention);

    /// <summary>Ends one that waits or runs, because somebody wants it no more.</summary>
    public static Unit Cancel(this Unit unit, string name, Google.Rpc.Status error, DateTimeOffset now, TimeSpan retention) =>
        unit.End(name, State.Cancelled, [State.Queued, State.Running], 0, error, now, retention);

    /// <summary>Forgets one.</summary>
    public static Unit Forget(this Unit unit, string name) =>
        unit.Require(Changed, "delete from scoring_operation where name = $1", name)
            .Add("delete from scoring_operation_request where name = $1", name)
            .Add("delete from scoring_operation_result where name = $1", name)
            .RemoveDue(Queue, name);

    /// <summary>Takes the name of one that is gone out of the queue of due times.</summary>
    public static Unit Unlist(this Unit unit, string name) => unit.RemoveDue(Queue, name);

    private static Unit End(
        this Unit unit,
        string name,
        State state,
        State[] from,
        int bytes,
        Google.Rpc.Status? error,
        DateTimeOffset now,
        TimeSpan retention
    ) =>
        unit.Require(
                Changed,
                """
                update scoring_operation set state = $1, ended = $2, expires = $3, bytes = $4, error = $5, holder = ''
                where name = $6 and state in ($7, $8)
                """,
                (long)state,
                now.UtcTicks,
                (now + retention).UtcTicks,
                (long)bytes,
                error?.ToByteArray(),
                name,
                (long)from[0],
                (long)from[^1]
            )
            .Add("delete from scoring_operation_request where name = $1", name)
            .SetDue(Queue, name, now + retention);

    private static StoreConflictException Changed() => new("The operation has changed meanwhile.");
}
