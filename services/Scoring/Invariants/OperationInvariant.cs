using EarlyWarning.Scoring.Operations;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Invariants;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Invariants;

/// <summary>Compares each operation with its request, its result and the index of due times.</summary>
internal sealed class OperationInvariant(IStore store) : IInvariant
{
    public string Promise =>
        "Each operation that has not ended has its request; each that has succeeded its result, each other its error; "
        + "each that has ended is forgotten in time.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var violations = (
            await store.ReadAsync(
                new(
                    """
                    select o.name, o.state, o.error is not null, q.name is not null, r.name is not null, o.expires, d.at
                    from scoring_operation o
                    left join scoring_operation_request q on q.name = o.name
                    left join scoring_operation_result r on r.name = o.name
                    left join due d on d.queue = $1 and d.member = o.name
                    """,
                    OperationUnits.Queue
                ),
                row =>
                    Wrong(
                        row.GetString(0),
                        (State)row.GetInt64(1),
                        Convert.ToBoolean(row.GetValue(2), null),
                        Convert.ToBoolean(row.GetValue(3), null),
                        Convert.ToBoolean(row.GetValue(4), null),
                        row.GetInt64(5),
                        row.IsDBNull(6) ? null : row.GetInt64(6)
                    ),
                cancellationToken
            )
        ).ToList();
        var strays = await store.ReadAsync(
            new(
                """
                select q.name from scoring_operation_request q where not exists (select 1 from scoring_operation o where o.name = q.name)
                union all
                select r.name from scoring_operation_result r where not exists (select 1 from scoring_operation o where o.name = r.name)
                """
            ),
            row => $"{row.GetString(0)} is gone, and its request or result is not.",
            cancellationToken
        );
        return new(violations.Count, [.. violations.OfType<string>().Concat(strays).Take(InvariantCheck.Most)]);
    }

    private static string? Wrong(string name, State state, bool hasError, bool hasRequest, bool hasResult, long expires, long? due)
    {
        var isOver = state is not (State.Queued or State.Running);
        return isOver == hasRequest ? $"{name} is {state} and {(hasRequest ? "still has" : "has not")} its request."
            : hasResult != (state == State.Succeeded) ? $"{name} is {state} and {(hasResult ? "has a" : "has no")} result."
            : hasError != (isOver && state != State.Succeeded) ? $"{name} is {state} and {(hasError ? "has an" : "has no")} error."
            : isOver && due != expires ? $"{name} has ended, and nothing forgets it in time."
            : null;
    }
}
