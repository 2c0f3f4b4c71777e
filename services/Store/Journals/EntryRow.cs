using System.Buffers.Binary;
using System.Data.Common;
using System.IO.Hashing;

namespace EarlyWarning.Store.Journals;

/// <summary>An entry as a row of the table <c>journal</c>. Its checksum covers all other columns, so that a row that was altered is found.</summary>
internal static class EntryRow
{
    public const string Columns = "position, unit, recorded, checksum, entry";

    public static long Checksum(string journal, long position, long unit, long recorded, ReadOnlySpan<byte> entry)
    {
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(head, position);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], unit);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], recorded);
        XxHash64 hash = new();
        hash.Append(System.Text.Encoding.UTF8.GetBytes(journal));
        hash.Append(head);
        hash.Append(entry);
        return (long)hash.GetCurrentHashAsUInt64();
    }

    /// <exception cref="JournalDamagedException">The row is not what was written.</exception>
    public static JournalEntry Read(string journal, DbDataReader row)
    {
        var (position, unit, recorded) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        var entry = (byte[])row.GetValue(4);
        return Checksum(journal, position, unit, recorded, entry) == row.GetInt64(3)
            ? new(position, new(recorded, TimeSpan.Zero), entry)
            : throw new JournalDamagedException(journal, position, "fails its checksum");
    }
}
