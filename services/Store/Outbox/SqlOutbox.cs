using System.Data.Common;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Signals;

namespace EarlyWarning.Store.Outbox;

/// <summary>The table <c>outbox</c>; times are ticks of UTC.</summary>
internal sealed class SqlOutbox(SuiteStore store, TimeProvider time) : IOutbox
{
    /// <summary>No attempt is put off for so long: a due time beyond was made by a clock that was wrong, and is now.</summary>
    private static readonly TimeSpan s_wrongFuture = TimeSpan.FromDays(1);

    /// <summary>
    /// So many rows of <c>consumed</c> a sweep looks at: all of a month within hours, without an index on their time, which would double
    /// them.
    /// </summary>
    private const long ForgetAtOnce = 2_000;

    private Task _changed = store.Signals.WhenGiven(SignalNames.Owed);

    /// <summary>How far this process has gone through <c>consumed</c>.</summary>
    private string _forgotten = "";

    public Task<IReadOnlyList<OwedEvent>> DueAsync(
        IReadOnlyList<string> apps,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    ) =>
        store.ReadAsync(
            new(
                OutboxSql.Due + OutboxSql.Of(3, apps.Count) + OutboxSql.First(3 + apps.Count),
                [now.UtcTicks, (now + s_wrongFuture).UtcTicks, .. apps, (long)limit]
            ),
            Read,
            cancellationToken
        );

    public Task PublishedAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.CommitAsync(
            new Unit()
                .Add(
                    "update outbox set state = 'published', published = $1, fault = '' where event = $2 and state = 'owed'",
                    now.UtcTicks,
                    id
                )
                .End(id),
            cancellationToken
        );

    public Task FailedAsync(string id, DateTimeOffset due, string fault, CancellationToken cancellationToken) =>
        store.CommitAsync(
            new Unit().Add(
                "update outbox set attempts = attempts + 1, due = $1, fault = $2 where event = $3 and state = 'owed'",
                due.UtcTicks,
                fault,
                id
            ),
            cancellationToken
        );

    public Task SetAsideAsync(string id, string fault, CancellationToken cancellationToken) =>
        store.CommitAsync(
            new Unit().Add("update outbox set state = 'aside', attempts = attempts + 1, fault = $1 where event = $2", fault, id),
            cancellationToken
        );

    public async Task<int> SweepAsync(
        IReadOnlyList<string> apps,
        DateTimeOffset before,
        DateTimeOffset forget,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var step = await store.ReadAsync(new(OutboxSql.Step, _forgotten, ForgetAtOnce), row => row.GetString(0), cancellationToken);
        var ahead = (now + (now - before)).UtcTicks;
        var unit = new Unit()
            .Add(OutboxSql.FinishLate + OutboxSql.Of(3, apps.Count), [now.UtcTicks, ahead, .. apps])
            .Add(OutboxSql.FailLate + OutboxSql.Of(3, apps.Count), [now.UtcTicks, ahead, .. apps])
            .Add(OutboxSql.OweAgain + OutboxSql.Of(4, apps.Count), [before.UtcTicks, ahead, now.UtcTicks, .. apps]);
        unit = step is [var last]
            ? unit.Add(OutboxSql.Forget + OutboxSql.UpTo, _forgotten, forget.UtcTicks, last)
            : unit.Add(OutboxSql.Forget, _forgotten, forget.UtcTicks);
        await store.CommitAsync(unit, cancellationToken);
        _forgotten = step is [var next] ? next : "";
        var again = await store.ReadAsync(
            new(
                "select count(*) from outbox where state = 'owed' and published > 0 and due = $1" + OutboxSql.Of(2, apps.Count),
                [now.UtcTicks, .. apps]
            ),
            row => row.GetInt64(0),
            cancellationToken
        );
        return (int)again[0];
    }

    public async Task<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var states = await store.ReadAsync(
            new(OutboxSql.States),
            row => (State: row.GetString(0), Count: row.GetInt64(1), Oldest: new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)),
            cancellationToken
        );
        var faults = await store.ReadAsync(new(OutboxSql.Fault), row => row.GetString(0), cancellationToken);
        var (owed, published) = (Of("owed"), Of("published"));
        return new(
            owed.Count,
            owed.Oldest,
            published.Count,
            published.Oldest,
            Of("aside").Count,
            Of("failed").Count,
            faults is [var fault] ? fault : ""
        );

        (long Count, DateTimeOffset? Oldest) Of(string state)
        {
            foreach (var found in states)
            {
                if (found.State == state)
                {
                    return (found.Count, found.Oldest);
                }
            }

            return (0, null);
        }
    }

    public async Task ChangedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _changed.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_changed.IsCompleted)
        {
            _changed = store.Signals.WhenGiven(SignalNames.Owed);
        }
    }

    public void Wake() => store.Wake();

    private static OwedEvent Read(DbDataReader row) =>
        new(
            new(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                (byte[])row.GetValue(5),
                row.GetString(6).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            )
            {
                Trace = row.GetString(9),
            },
            (int)row.GetInt64(7),
            new(row.GetInt64(8), TimeSpan.Zero)
        );
}
