using System.Data.Common;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Continuity;

/// <summary>The one row of the table <c>store</c>.</summary>
/// <param name="Identity">Which store it is.</param>
/// <param name="Beat">Grows by one with each process's proof that the store takes writes.</param>
/// <param name="Writer">The process that has the store for itself, running or not; empty where several share it.</param>
internal sealed record StoreRow(StoreIdentity Identity, long Beat, string Writer)
{
    /// <summary>Reads the row, and says whether there is a table for it.</summary>
    public static (bool Table, StoreRow? Row) Find(DatabaseSession session, Database database)
    {
        try
        {
            return (
                true,
                session.Query(new("select identity, epoch, mode, owner, created, " + "quiet, beat, writer from store"), Read) is [var found]
                    ? found
                    : null
            );
        }
        catch (DbException exception) when (database.Classify(exception) == StoreFault.Unit)
        {
            return (false, null);
        }
    }

    public void Insert(DatabaseSession session) =>
        session.Execute(
            new(
                "insert into store (one, identity, epoch, mode, owner, created, beat, writer, quiet) values (1, $1, $2, $3, $4, $5, $6, "
                    + "$7, $8)",
                Identity.Identity,
                Identity.Epoch,
                Identity.Exercise ? "exercise" : "actual",
                Identity.Owner,
                Identity.Created.UtcTicks,
                Beat,
                Writer,
                Identity.Quiet
            )
        );

    /// <summary>Writes the next beat, if nobody has the store for himself since the row was read, nor has taken it over.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="writer">Who has it for himself from now on; empty for several.</param>
    public bool TryBeat(DatabaseSession session, string writer) =>
        session.Execute(
            new(
                "update store set beat = beat + 1, writer = $1 where epoch = $2 and writer = $3 and beat >= $4",
                writer,
                Identity.Epoch,
                Writer,
                Beat
            )
        ) == 1;

    /// <summary>Whether units of an epoch may be written, until the transaction ends.</summary>
    public static bool IsHeld(DatabaseSession session, string epoch, string writer) =>
        session.Query(new("select 1 from store where epoch = $1 and writer = $2 for key share", epoch, writer), static _ => true).Count > 0;

    private static StoreRow Read(DbDataReader row) =>
        new(
            new(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2) == "exercise",
                row.GetString(3),
                new(row.GetInt64(4), TimeSpan.Zero),
                row.GetString(5)
            ),
            row.GetInt64(6),
            row.GetString(7)
        );
}
