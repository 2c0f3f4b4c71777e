using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Outbox;

/// <summary>Events that become durable with what they tell of, and confirmations that become durable with what they led to.</summary>
public static class OutboxUnits
{
    /// <summary>Owes an event to its consumers from the commit on.</summary>
    public static Unit Owe(this Unit unit, OutboxEvent owed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(owed);
        unit.Owes = true;
        return unit.Add(
            """
            insert into outbox (event, app, topic, type, subject, data, consumers, trace, created, due, published, attempts, fault, state)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '', 'owed') on conflict (event) do nothing
            """,
            owed.Id,
            owed.App,
            owed.Topic,
            owed.Type,
            owed.Subject,
            owed.Data.ToArray(),
            string.Join(' ', owed.Consumers),
            owed.Trace,
            now.UtcTicks,
            now.UtcTicks
        );
    }

    /// <summary>Confirms that a consumer has handled an event, together with what came of it. Once more changes nothing.</summary>
    /// <param name="unit">The unit with the event's effect.</param>
    /// <param name="consumer">The consumer's app id.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="now">The time.</param>
    /// <param name="fault">Why it can never be handled; empty where it was handled.</param>
    public static Unit Confirm(this Unit unit, string consumer, string id, DateTimeOffset now, string fault = "")
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Add(
                "insert into consumed (consumer, event, at, fault) values ($1, $2, $3, $4) on conflict (consumer, event) do nothing",
                consumer,
                id,
                now.UtcTicks,
                fault
            )
            .End(id);
    }

    /// <summary>Ends an event, or keeps it as failed, where all have confirmed it.</summary>
    internal static Unit End(this Unit unit, string id) => unit.Add(OutboxSql.Finish, id).Add(OutboxSql.Fail, id);
}
