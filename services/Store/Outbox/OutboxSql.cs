namespace EarlyWarning.Store.Outbox;

/// <summary>What several statements on the table <c>outbox</c> share.</summary>
internal static class OutboxSql
{
    /// <summary>Counts anew who has not confirmed, of those that the event waits for.</summary>
    public const string Recount = """
        update outbox set
          waiting = length(consumers) - length(replace(consumers, ' ', '')) + (case when consumers = '' then 0 else 1 end)
            - (select count(*) from consumed c where c.event = outbox.event and ' ' || outbox.consumers || ' ' like '% ' || c.consumer || ' %')
        """;

    public const string EventColumns = "event, app, topic, type, subject, data, consumers, attempts, created";
}
