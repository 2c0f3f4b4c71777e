using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Sequences;
using Google.Protobuf;

namespace EarlyWarning.Risk.Breaches;

/// <summary>What follows from a breach's change, in the transaction that decides on it: its rows, and the event that tells of it.</summary>
internal static class BreachRows
{
    /// <summary>How many changes a watch can go back; older ones are to be listed.</summary>
    public const int Retention = 10_000;

    /// <summary>The table of changes for those who watch.</summary>
    public const string Changes = "risk_breach_change";

    /// <summary>
    /// Records the change and owes its event. A change that is there already is passed over. The event's id holds the store's present epoch: a breach
    /// from before a restore may end in both incarnations, and a receiver must not take one end for the other.
    /// </summary>
    public static Unit Record(this Unit unit, V1.Breach breach, string epoch, DateTimeOffset now, ChangeSequence sequence)
    {
        var bytes = breach.ToByteArray();
        sequence.Begin(unit)
            .Add(
                """
                insert into risk_breach (name, country, threshold, framework, severity, state, fired, sequence, untold, breach)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                on conflict (name) do update set state = excluded.state, sequence = excluded.sequence, breach = excluded.breach
                where risk_breach.sequence < excluded.sequence
                """,
                breach.Name, breach.Country, breach.Threshold.Name, FrameworkOf(breach), (long)breach.Threshold.Severity, (long)breach.State, breach.FireTime.ToDateTimeOffset().UtcTicks, breach.Sequence,
                breach.Untold ? 1L : 0L, bytes)
            .Add(
                "insert into risk_breach_change (name, sequence, breach) values ($1, $2, $3) on conflict (name, sequence) do nothing",
                breach.Name, breach.Sequence, bytes);
        sequence.End(unit);
        foreach (var observation in breach.Movements.SelectMany(movement => movement.ObservationIds).Distinct(StringComparer.Ordinal))
        {
            unit.Add("insert into risk_breach_cause (observation, breach) values ($1, $2) on conflict do nothing", observation, breach.Name);
        }

        return breach.Untold ? unit : unit.Publish(RiskExtensions.AppId, EventOf(breach, epoch), now);
    }

    // The version is of the moment; what is asked for is the framework.
    private static string FrameworkOf(V1.Breach breach) => string.Join('/', breach.Framework.Split('/').Take(2));

    private static DomainEvent EventOf(V1.Breach breach, string epoch) => new(
        Topics.ThresholdBreaches,
        $"{breach.Name[Names.Breaches.Length..]}/{breach.Sequence}/{epoch}",
        breach.State switch
        {
            V1.Breach.Types.State.Firing => "earlywarning.v1.breach.firing",
            V1.Breach.Types.State.Resolved => "earlywarning.v1.breach.resolved",
            _ => "earlywarning.v1.breach.superseded",
        },
        breach.Country,
        breach);
}
