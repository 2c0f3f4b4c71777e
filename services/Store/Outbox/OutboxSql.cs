namespace EarlyWarning.Store.Outbox;

/// <summary>What several statements on the table <c>outbox</c> share.</summary>
internal static class OutboxSql
{
    /// <summary>Ends an event that all have confirmed: nothing of it is owed, and who has handled it is in <c>consumed</c>.</summary>
    public const string Finish = $"delete from outbox where event = $1 and {IsGoingOn} and {IsConfirmed} and not {HasFailed}";

    /// <summary>Keeps an event that all have confirmed and somebody could not handle, until a person acts.</summary>
    public const string Fail = $"update outbox set state = 'failed', fault = {Failure} where event = $1 and {IsGoingOn} and {IsConfirmed}";

    /// <summary>
    /// The same two, to be ended by <see cref="Of"/>, of what was published before a time, or after another by a clock that was ahead:
    /// consumers of different processes that confirmed in one moment did not see each other.
    /// </summary>
    public const string FinishLate = $"delete from outbox where {IsLate} and {IsConfirmed} and not {HasFailed}";

    /// <inheritdoc cref="FinishLate"/>
    public const string FailLate = $"update outbox set state = 'failed', fault = {Failure} where {IsLate} and {IsConfirmed}";

    /// <summary>Whether all that the event waits for have confirmed it.</summary>
    public const string IsConfirmed = """
        length(consumers) - length(replace(consumers, ' ', '')) + (case when consumers = '' then 0 else 1 end)
          <= (select count(*) from consumed c where c.event = outbox.event
            and ' ' || outbox.consumers || ' ' like '% ' || c.consumer || ' %')
        """;

    /// <summary>
    /// The first owed event of each subject, of those that are due; to be ended by <see cref="Of"/> and <see cref="First"/>.
    /// </summary>
    public const string Due = $"""
        select {EventColumns} from outbox o
        where state = 'owed' and (due <= $1 or due > $2)
          and not exists (select 1 from outbox p where p.state = 'owed' and p.subject = o.subject and p.app = o.app and p.seq < o.seq)
        """;

    /// <summary>
    /// What was published before a time, or after another by a clock that was ahead, and is not confirmed by all is owed again; to be ended
    /// by <see cref="Of"/>.
    /// </summary>
    public const string OweAgain = $"update outbox set state = 'owed', due = $3 where {IsLate}";

    /// <summary>Why the oldest that is owed or set aside was not taken.</summary>
    public const string Fault = "select fault from outbox where fault <> '' order by seq limit 1";

    /// <summary>What there is in each state, and since when.</summary>
    public const string States = "select state, count(*), min(created) from outbox group by state";

    /// <summary>Where the next step of forgetting ends.</summary>
    public const string Step = "select event from consumed where event > $1 order by event limit 1 offset $2";

    /// <summary>Forgets who has handled what, of a step, that was handled before a time and of which nothing is owed.</summary>
    public const string Forget = """
        delete from consumed where event > $1 and at < $2 and not exists (select 1 from outbox o where o.event = consumed.event)
        """;

    /// <summary>Ends a step of forgetting.</summary>
    public const string UpTo = " and event <= $3";

    /// <summary>Keeps those of some app ids, whose values come next, from a number on.</summary>
    public static string Of(int first, int count) =>
        $" and app in ({string.Join(", ", Enumerable.Range(first, count).Select(number => $"${number}"))})";

    /// <summary>Keeps the oldest, as many as the value of a number says.</summary>
    public static string First(int number) => $" order by seq limit ${number}";

    private const string IsGoingOn = "state in ('owed', 'published')";
    private const string IsLate = "state = 'published' and (published < $1 or published > $2)";
    private const string HasFailed = "exists (select 1 from consumed c where c.event = outbox.event and c.fault <> '')";

    private const string Failure = """
        coalesce((select c.consumer || ': ' || c.fault from consumed c where c.event = outbox.event and c.fault <> '' order by c.consumer
          limit 1), '')
        """;

    public const string EventColumns = "event, app, topic, type, subject, data, consumers, attempts, created, trace";
}
