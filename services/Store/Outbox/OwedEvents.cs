using System.Data.Common;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Outbox;

/// <summary>Reads the tables <c>outbox</c> and <c>outbox_dismissed</c> for operators, and writes what they decide.</summary>
internal sealed class OwedEvents(SuiteStore store) : IOwedEvents
{
    private const string Carried = "event, app, topic, type, subject, data, consumers";
    private const string Owed = $"""
        select seq, {Carried}, created, published, attempts, fault, state,
          cast(0 as bigint) as at, '' as actor, cast(0 as bigint) as verified, '' as reason from outbox
        """;
    private const string Dismissed = $"""
        select seq, {Carried}, created, published, attempts, fault, 'dismissed' as state, at, actor, verified, reason from outbox_dismissed
        """;

    public async Task<StoredEvent?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(new($"{Owed} where event = $1", id), cancellationToken) is [var owed] ? owed
        : await ReadAsync(new($"{Dismissed} where event = $1", id), cancellationToken) is [var dismissed] ? dismissed
        : null;

    public Task<IReadOnlyList<StoredEvent>> ListAsync(EventState? state, long after, int take, CancellationToken cancellationToken) =>
        ReadAsync(
            state switch
            {
                EventState.Dismissed => new($"{Dismissed} where seq > $1 order by seq limit $2", after, (long)take),
                { } one => new($"{Owed} where state = $1 and seq > $2 order by seq limit $3", NameOf(one), after, (long)take),
                null => new($"{Owed} where seq > $1 order by seq limit $2", after, (long)take),
            },
            cancellationToken
        );

    public async Task<long> CountAsync(EventState? state, CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                state switch
                {
                    EventState.Dismissed => new("select count(*) from outbox_dismissed"),
                    { } one => new("select count(*) from outbox where state = $1", NameOf(one)),
                    null => new("select count(*) from outbox"),
                },
                row => row.GetInt64(0),
                cancellationToken
            )
        )[0];

    public async Task<bool> RetryAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var unit = new Unit()
                .Require(
                    () => new NotThereException(),
                    "update outbox set state = 'owed', due = $1, attempts = 0, fault = '' where event = $2",
                    now.UtcTicks,
                    id
                )
                .Add("delete from consumed where event = $1 and fault <> ''", id);
            unit.Owes = true;
            await store.CommitAsync(unit, cancellationToken);
            return true;
        }
        catch (NotThereException)
        {
            return false;
        }
    }

    public async Task<bool> DismissAsync(string id, Dismissal dismissal, CancellationToken cancellationToken)
    {
        try
        {
            await store.CommitAsync(
                new Unit()
                    .Require(
                        () => new NotThereException(),
                        $"""
                        insert into outbox_dismissed ({Carried}, created, published, attempts, fault, at, actor, verified, reason)
                        select {Carried}, created, published, attempts, fault, $1, $2, $3, $4 from outbox
                        where event = $5 and state in ('aside', 'failed')
                        """,
                        dismissal.At.UtcTicks,
                        dismissal.Actor,
                        dismissal.Verified ? 1L : 0L,
                        dismissal.Reason,
                        id
                    )
                    .Add("delete from outbox where event = $1", id),
                cancellationToken
            );
            return true;
        }
        catch (NotThereException)
        {
            return false;
        }
    }

    private static string NameOf(EventState state) => state.ToString().ToLowerInvariant();

    private async Task<IReadOnlyList<StoredEvent>> ReadAsync(Statement statement, CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(statement, Read, cancellationToken);
        List<StoredEvent> complete = [];
        foreach (var one in read)
        {
            var confirmed = await store.ReadAsync(
                new("select consumer from consumed where event = $1 and fault = ''", one.Event.Id),
                row => row.GetString(0),
                cancellationToken
            );
            complete.Add(one with { Missing = [.. one.Event.Consumers.Except(confirmed, StringComparer.Ordinal)] });
        }

        return complete;
    }

    private static StoredEvent Read(DbDataReader row)
    {
        var (published, at) = (row.GetInt64(9), row.GetInt64(13));
        return new(
            row.GetInt64(0),
            new(
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                (byte[])row.GetValue(6),
                row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ),
            Enum.Parse<EventState>(row.GetString(12), ignoreCase: true),
            [],
            new(row.GetInt64(8), TimeSpan.Zero),
            published > 0 ? new(published, TimeSpan.Zero) : null,
            (int)row.GetInt64(10),
            row.GetString(11),
            at > 0 ? new(new(at, TimeSpan.Zero), row.GetString(14), row.GetInt64(15) > 0, row.GetString(16)) : null
        );
    }

    private sealed class NotThereException : Exception;
}
