using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Due;

/// <summary>Due times in the table <c>due</c>, leases in <c>lease</c>; times are ticks of UTC.</summary>
internal sealed class SqlDueTimes(SuiteStore store, TimeProvider time) : IDueTimes
{
    private static readonly TimeSpan s_wrongFuture = TimeSpan.FromMinutes(5);

    public Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken) =>
        store.CommitAsync(new Unit().SetDue(queue, member, due), cancellationToken);

    public Task RemoveAsync(string queue, string member, CancellationToken cancellationToken) =>
        store.CommitAsync(new Unit().RemoveDue(queue, member), cancellationToken);

    public Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new("select member, at from due where queue = $1 and at <= $2 order by at, member limit $3", queue, now.UtcTicks, (long)limit),
            row => new DueTime(row.GetString(0), new(row.GetInt64(1), TimeSpan.Zero)),
            cancellationToken
        );

    public async Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        // A lease ends with the process that took it; and one that a wrong clock took for a year must not keep everybody away for a year.
        var now = time.GetUtcNow().UtcTicks;
        await store.CommitAsync(
            new Unit().Add(
                $"""
                insert into lease (name, holder, process, until) values ($1, $2, $3, {store.Now("$4")} + $5)
                on conflict (name) do update set holder = excluded.holder, process = excluded.process, until = excluded.until
                where lease.holder = excluded.holder or lease.until < {store.Now("$6")} or lease.until > {store.Now("$7")} + $8
                  or not exists (select 1 from process p where p.id = lease.process and {store.IsAlive})
                """,
                queue,
                holder,
                store.Process,
                now,
                duration.Ticks,
                now,
                now,
                (duration + s_wrongFuture).Ticks
            ),
            cancellationToken
        );
        return await store.ReadAsync(
                new("select holder from lease where name = $1 and process = $2", queue, store.Process),
                row => row.GetString(0),
                cancellationToken
            )
                is [var held]
            && held == holder;
    }
}
