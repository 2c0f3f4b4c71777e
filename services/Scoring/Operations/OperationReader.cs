using EarlyWarning.Contracts.Registers;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Reads operations from their rows. Thread-safe.</summary>
internal sealed class OperationReader(IStore store)
{
    /// <summary>An operation by name, with its result as stored where it has one.</summary>
    public async Task<(OperationState State, byte[]? Result)?> FindAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new(
                $"""
                select {OperationState.Columns}, r.result from scoring_operation o
                left join scoring_operation_result r on r.name = o.name where o.name = $1
                """,
                name
            ),
            row => (OperationState.Read(row), row.IsDBNull(14) ? null : (byte[])row.GetValue(14)),
            cancellationToken
        )
            is [var found]
            ? found
            : null;

    /// <summary>The one that has waited longest, with what it was asked; <see langword="null"/> where none waits.</summary>
    public async Task<(OperationState State, byte[] Request)?> NextAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new(
                $"""
                select {OperationState.Columns}, q.request from scoring_operation o join scoring_operation_request q on q.name = o.name
                where o.state = $1 order by o.created, o.name limit 1
                """,
                (long)State.Queued
            ),
            row => (OperationState.Read(row), (byte[])row.GetValue(14)),
            cancellationToken
        )
            is [var next]
            ? next
            : null;

    /// <summary>Those in a state, the first started first.</summary>
    public Task<IReadOnlyList<OperationState>> InAsync(State state, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new($"select {OperationState.Columns} from scoring_operation o where o.state = $1 order by o.created, o.name", (long)state),
            OperationState.Read,
            cancellationToken
        );

    /// <summary>How many there are in each state, how much they take, and since when the first of each is there.</summary>
    public async Task<IReadOnlyDictionary<State, OperationCount>> CountAsync(CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select state, count(*), cast(sum(bytes) as bigint), min(created) from scoring_operation group by state"),
                row => ((State)row.GetInt64(0), new OperationCount(row.GetInt64(1), row.GetInt64(2), new(row.GetInt64(3), TimeSpan.Zero))),
                cancellationToken
            )
        ).ToDictionary(one => one.Item1, one => one.Item2);

    /// <summary>How many a filter keeps.</summary>
    public async Task<long> CountAsync(V1.ListOperationsRequest filter, CancellationToken cancellationToken) =>
        (await store.ReadAsync(Kept(filter).Select("select count(*) from scoring_operation o"), row => row.GetInt64(0), cancellationToken))[
            0
        ];

    /// <summary>Those that a filter keeps after a place, the last started first.</summary>
    public Task<IReadOnlyList<OperationState>> PageAsync(
        V1.ListOperationsRequest filter,
        RegisterKey? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var kept = Kept(filter);
        if (after is not null)
        {
            kept.And("(o.created < {0} or o.created = {1} and o.name > {2})", after.Time, after.Time, after.Name);
        }

        return store.ReadAsync(
            kept.Select($"select {OperationState.Columns} from scoring_operation o", "order by o.created desc, o.name", take),
            OperationState.Read,
            cancellationToken
        );
    }

    private static QueryConditions Kept(V1.ListOperationsRequest filter) =>
        new QueryConditions()
            .AndIn("o.state", filter.States.Select(state => (long)state))
            .AndIn("o.method", filter.Methods.Select(method => (long)method))
            .AndIf(filter.Caller.Length > 0, "o.caller = {0}", filter.Caller);
}

/// <summary>How many operations are in a state.</summary>
/// <param name="Count">The number.</param>
/// <param name="Bytes">What their requests and results take.</param>
/// <param name="Oldest">When the first of them was started.</param>
internal sealed record OperationCount(long Count, long Bytes, DateTimeOffset Oldest);
