using EarlyWarning.Escalation.Cases;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.ServiceDefaults.Times;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Sequences;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Rows;

/// <summary>What follows from a case's change, in one transaction: its rows, its due time, and the events that tell of it.</summary>
internal static class CaseRows
{
    /// <summary>The form of a case's record that this build writes, and the only one that it reads.</summary>
    public const int Format = 1;

    /// <summary>The app id under which events are published and taken in.</summary>
    public const string AppId = "escalation";

    /// <summary>The queue of due times; its members are countries.</summary>
    public const string Queue = "escalation";

    /// <summary>The table of changes for those who watch.</summary>
    public const string Changes = "escalation_change";

    /// <summary>The CloudEvents type of a step that is asked.</summary>
    public const string StepReached = "earlywarning.v1.escalation.step-reached";

    /// <summary>The CloudEvents type of a further cause that a step is told of.</summary>
    public const string CauseNoted = "earlywarning.v1.escalation.cause-noted";

    /// <summary>The CloudEvents type of an act that was taken back.</summary>
    public const string ActWithdrawn = "earlywarning.v1.escalation.act-withdrawn";

    /// <summary>The CloudEvents type of a climb that nothing is to be told of any more.</summary>
    public const string ClimbSettled = "earlywarning.v1.escalation.climb-settled";

    /// <summary>Records a change, if the case is still as it was before it.</summary>
    /// <param name="unit">Where to.</param>
    /// <param name="change">The change.</param>
    /// <param name="epoch">The store's present epoch; it is in the events' ids, because a case from before a restore may climb in both
    /// incarnations.</param>
    /// <param name="now">The time.</param>
    /// <param name="sequence">The changes for those who watch.</param>
    public static Unit Record(this Unit unit, CaseChange change, string epoch, DateTimeOffset now, ChangeSequence sequence)
    {
        var (head, first) = (change.After.Head, change.Before.Head.EntryCount + 1);
        sequence.Begin(unit).Put(change);
        foreach (var entry in change.Entries)
        {
            unit.Add(
                "insert into escalation_entry (case_name, number, entry) values ($1, $2, $3)",
                head.Name,
                (long)entry.Number,
                entry.ToByteArray()
            );
        }

        unit.Add(
            $"insert into {Changes} (case_name, first_entry, last_entry) values ($1, $2, $3)",
            head.Name,
            (long)first,
            (long)head.EntryCount
        );
        sequence.End(unit);
        if (change.Before.Head.CloseTime is not null && head.CloseTime is null)
        {
            unit.StayAlone(head);
        }

        if (change.Before.Head.CloseTime is null || head.CloseTime is null)
        {
            // What comes to a case that was closed before must not touch the time of the country's open one.
            _ = change.After.Due is { } due ? unit.SetDue(Queue, head.Country, due) : unit.RemoveDue(Queue, head.Country);
        }

        foreach (var news in change.News)
        {
            unit.Publish(AppId, EventOf(change, news, epoch), now);
        }

        return unit;
    }

    /// <summary>
    /// Decides that nothing changes in a case, if it is still as it was: what else the unit writes follows from how it stands.
    /// </summary>
    public static Unit Hold(this Unit unit, V1.Case head) =>
        unit.Require(
            () => new StoreConflictException($"{head.Name} was changed meanwhile."),
            "update escalation_case set sequence = sequence where name = $1 and sequence = $2",
            head.Name,
            head.Sequence
        );

    /// <summary>Takes a country without an open case out of the queue, unless one was opened meanwhile.</summary>
    public static Unit Rest(this Unit unit, string country, DateTimeOffset now) =>
        unit.Add("delete from due where queue = $1 and member = $2 and at <= $3", Queue, country, now.UtcTicks);

    /// <summary>Records what is known of a breach.</summary>
    public static Unit Record(this Unit unit, V1.Breach breach, string caseName, string cause) =>
        unit.Add(
            """
            insert into escalation_breach (breach, case_name, cause, framework, threshold, sequence, state, fired, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (breach) do update set sequence = excluded.sequence, state = excluded.state
            """,
            breach.Name,
            caseName,
            cause,
            FrameworkOf(cause),
            breach.Threshold?.Name ?? "",
            breach.Sequence,
            (long)breach.State,
            breach.FireTime?.ToDateTimeOffset().UtcTicks ?? 0,
            breach.Position
        );

    /// <summary>Records that an outcome of a notification is known; one about a breach that has not come yet waits for it.</summary>
    public static Unit Record(this Unit unit, V1.CaseEntry outcome, string waitsFor) =>
        unit.Add(
            "insert into escalation_outcome (notification, kind, breach, entry) values ($1, $2, $3, $4) on conflict (notification, kind) "
                + "do nothing",
            outcome.Resource,
            (long)outcome.Kind,
            waitsFor,
            waitsFor.Length > 0 ? outcome.ToByteArray() : null
        );

    /// <summary>Takes the outcomes that have waited for a breach out of their wait.</summary>
    public static Unit TakeOutcomes(this Unit unit, string breach) =>
        unit.Add("update escalation_outcome set entry = null where breach = $1 and entry is not null", breach);

    /// <summary>The framework of a cause, <c>frameworks/{id}</c>.</summary>
    public static string FrameworkOf(string cause) => $"frameworks/{cause.Split('/')[0]}";

    /// <summary>A case is reopened only while its country has no other open one.</summary>
    private static Unit StayAlone(this Unit unit, V1.Case head) =>
        unit.Require(
            () => new StoreConflictException($"{head.Country} has another open case."),
            """
            update escalation_case set sequence = sequence where name = $1
              and not exists (select 1 from escalation_case o where o.country = $2 and o.closed = 0 and o.name <> $1)
            """,
            head.Name,
            head.Country
        );

    private static Unit Put(this Unit unit, CaseChange change)
    {
        var head = change.After.Head;
        var record = new CaseRecord
        {
            Format = Format,
            Case = head.ToByteString(),
            Internals = change.After.Internals,
        }.ToByteArray();
        return change.Before.Head.Name.Length == 0
            ? unit.Add(
                """
                insert into escalation_case (name, country, state, severity, opened, closed, sequence, entries, unaddressed, asked, record)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                head.Name,
                head.Country,
                (long)head.State,
                (long)head.Severity,
                head.OpenTime.UtcTicks(),
                head.CloseTime.UtcTicks(),
                head.Sequence,
                (long)head.EntryCount,
                change.After.IsUnaddressed ? 1L : 0L,
                change.After.Asked?.UtcTicks ?? 0,
                record
            )
            : unit.Require(
                () => new StoreConflictException($"{head.Name} was changed meanwhile."),
                """
                update escalation_case set state = $1, severity = $2, closed = $3, sequence = $4, entries = $5, unaddressed = $6,
                  asked = $7, record = $8
                where name = $9 and sequence = $10
                """,
                (long)head.State,
                (long)head.Severity,
                head.CloseTime.UtcTicks(),
                head.Sequence,
                (long)head.EntryCount,
                change.After.IsUnaddressed ? 1L : 0L,
                change.After.Asked?.UtcTicks ?? 0,
                record,
                head.Name,
                change.Before.Head.Sequence
            );
    }

    private static DomainEvent EventOf(CaseChange change, StepNotice news, string epoch)
    {
        var head = change.After.Head.Clone();
        head.Entries.Add(change.Entries);
        var id = $"{head.Name["cases/".Length..]}-climb-{news.Climb}-step-{news.Step}-{head.Sequence}-{epoch}";
        if (news.IsSettled)
        {
            V1.Escalation settled = new()
            {
                Case = head,
                Climb = news.Climb,
                Settled = true,
            };
            return new(Topics.Escalations, id, ClimbSettled, head.Country, settled);
        }

        var climb = head.Climbs.First(one => one.Number == news.Climb);
        var type =
            news.Withdrawn.Length > 0 ? ActWithdrawn
            : news.NotedCause.Length > 0 ? CauseNoted
            : StepReached;
        return new(
            Topics.Escalations,
            id,
            type,
            head.Country,
            new V1.Escalation
            {
                Case = head,
                Climb = news.Climb,
                Step = news.Step,
                Breach = news.Breach,
                Asked = climb.Steps[news.Step - 1],
                Next = news.Step < climb.Steps.Count ? climb.Steps[news.Step] : null,
                NotedCause = news.NotedCause,
                Withdrawn = news.Withdrawn,
            }
        );
    }
}
