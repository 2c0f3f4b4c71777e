using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Due;

/// <summary>Due times that become durable with what makes them due.</summary>
public static class DueUnits
{
    /// <summary>Sets the member's due time, later or earlier than it was.</summary>
    public static Unit SetDue(this Unit unit, string queue, string member, DateTimeOffset due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Add(
            "insert into due (queue, member, at) values ($1, $2, $3) on conflict (queue, member) do update set at = excluded.at",
            queue,
            member,
            due.UtcTicks
        );
    }

    /// <summary>Takes the member out of the queue.</summary>
    public static Unit RemoveDue(this Unit unit, string queue, string member)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Add("delete from due where queue = $1 and member = $2", queue, member);
    }
}
