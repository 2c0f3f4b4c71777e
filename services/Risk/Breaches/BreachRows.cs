using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Sequences;
using Google.Protobuf;

namespace EarlyWarning.Risk.Breaches;

/// <summary>What follows from a breach's change, in the transaction that decides on it: its rows, and the event that tells of it.</summary>
internal static class BreachRows
{
    /// <summary>The Dapr app id under which breaches are published.</summary>
    public const string AppId = "risk";

    /// <summary>How many changes a watch can go back; older ones are to be listed.</summary>
    public const int Retention = 10_000;

    /// <summary>The table of changes for those who watch.</summary>
    public const string Changes = "risk_breach_change";

    /// <summary>A change's breach as it was then: what the change after it left there, or the breach as it stands.</summary>
    public const string AsItWas =
        $"case when length(breach) > 0 then breach else (select b.breach from risk_breach b where b.name = {Changes}.name) end";

    private static readonly byte[] s_asItStands = [];

    /// <summary>
    /// Records the change and owes its event. A change that is there already is passed over.
    /// </summary>
    public static Unit Record(this Unit unit, V1.Breach breach, string epoch, DateTimeOffset now, ChangeSequence sequence)
    {
        sequence
            .Begin(unit)
            .Add(
                $"update {Changes} set breach = (select breach from risk_breach where name = $1) where seq = (select change from "
                    + $"risk_breach where name = $1 and sequence < $2)",
                breach.Name,
                breach.Sequence
            )
            .Add(
                $"insert into {Changes} (name, breach) select $1, $2 where not exists (select 1 from risk_breach where name = $1 and "
                    + $"sequence >= $3)",
                breach.Name,
                s_asItStands,
                breach.Sequence
            )
            .Add(
                $"""
                insert into risk_breach (name, country, threshold, framework, severity, state, fired, sequence, change, suppressed, breach)
                values ($1, $2, $3, $4, $5, $6, $7, $8, (select max(seq) from {Changes}), $9, $10)
                on conflict (name) do update set state = excluded.state, sequence = excluded.sequence,
                change = excluded.change, breach = excluded.breach
                where risk_breach.sequence < excluded.sequence
                """,
                breach.Name,
                breach.Country,
                breach.Threshold.Name,
                FrameworkOf(breach),
                (long)breach.Threshold.Severity,
                (long)breach.State,
                breach.FireTime.ToDateTimeOffset().UtcTicks,
                breach.Sequence,
                breach.Suppressed ? 1L : 0L,
                breach.ToByteArray()
            );
        sequence.End(unit);
        foreach (var observation in breach.Movements.SelectMany(movement => movement.ObservationIds).Distinct(StringComparer.Ordinal))
        {
            unit.Add(
                "insert into risk_breach_cause (observation, breach) values ($1, $2) on conflict do nothing",
                observation,
                breach.Name
            );
        }

        return breach.Suppressed ? unit : unit.Publish(AppId, EventOf(breach, epoch), now);
    }

    // The version is of the moment; what is asked for is the framework.
    private static string FrameworkOf(V1.Breach breach) => string.Join('/', breach.Framework.Split('/').Take(2));

    private static DomainEvent EventOf(V1.Breach breach, string epoch) =>
        new(
            Topics.ThresholdBreaches,
            BreachEvents.Id(breach.Name, breach.Sequence, epoch),
            breach.State switch
            {
                V1.Breach.Types.State.Firing => "earlywarning.v1.breach.firing",
                V1.Breach.Types.State.Resolved => "earlywarning.v1.breach.resolved",
                _ => "earlywarning.v1.breach.superseded",
            },
            breach.Country,
            breach
        );
}
