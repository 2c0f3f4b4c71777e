using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Auditing;

/// <summary>Entries of the audit that become durable with the acts that they tell of.</summary>
public static class AuditUnits
{
    /// <summary>Adds an entry to the end of the chain; one whose id is there already is left as it is.</summary>
    /// <param name="unit">The unit with the act's effect.</param>
    /// <param name="entry">The entry's text: one line of JSON with <c>id</c>, <c>time</c>, <c>caller</c>, <c>method</c> and
    /// <c>code</c>.</param>
    /// <exception cref="ArgumentException">The text is none.</exception>
    public static Unit KeepAudit(this Unit unit, string entry)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var row = AuditRow.Read(entry);

        // Whoever reads the chain's end goes on from it, so no other process may do so meanwhile.
        return unit.Lock("audit")
            .Add(
                """
                insert into audit (position, id, at, caller, method, code, entry, hash)
                select head_position + 1, $1, $2, $3, $4, $5, $6, audit_hash(head_hash, $7) from audit_chain
                where not exists (select 1 from audit where id = $8)
                """,
                row.Id,
                row.At,
                row.Caller,
                row.Method,
                row.Code,
                row.Text,
                row.Text,
                row.Id
            )
            .Add(
                """
                update audit_chain set
                  head_position = (select position from audit order by position desc limit 1),
                  head_hash = (select hash from audit order by position desc limit 1)
                """
            );
    }
}
