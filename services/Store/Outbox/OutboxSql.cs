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

    /// <summary>The first owed event of each subject, of those that are due.</summary>
    public const string Due = $"""
        select {EventColumns} from outbox o
        where state = 'owed' and (due <= $1 or due > $2)
          and not exists (select 1 from outbox p where p.state = 'owed' and p.subject = o.subject and p.app = o.app and p.seq < o.seq)
        order by seq limit $3
        """;

    /// <summary>What was published before a time and is not confirmed by all.</summary>
    public const string Late = "select event from outbox where state = 'published' and published < $1 order by published limit 1000";

    /// <summary>Why the oldest that is owed or set aside was not taken. The first condition is the index's own.</summary>
    public const string Fault =
        "select fault from outbox where state <> 'confirmed' and state in ('owed', 'aside') and fault <> '' order by seq limit 1";

    public const string EventColumns = "event, app, topic, type, subject, data, consumers, attempts, created";
}
