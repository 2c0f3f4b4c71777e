using System.Buffers.Binary;
using System.Data.Common;
using System.IO.Hashing;

namespace EarlyWarning.Store.Entries;

/// <summary>
/// An entry as a row of the table <c>journal</c>. Its checksum covers all other columns, so that a row that was altered is found.
/// </summary>
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
        var stored = ReadWhole(journal, row);
        return new(stored.Position, new(stored.Recorded, TimeSpan.Zero), stored.Entry);
    }

    /// <exception cref="JournalDamagedException">The row is not what was written.</exception>
    public static StoredEntry ReadWhole(string journal, DbDataReader row)
    {
        StoredEntry stored = new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (byte[])row.GetValue(4));
        return Checksum(journal, stored.Position, stored.Unit, stored.Recorded, stored.Entry) == stored.Checksum
            ? stored
            : throw new JournalDamagedException(journal, stored.Position, "fails its checksum");
    }
}

/// <summary>All that a row of the table <c>journal</c> holds, as it is carried over into the archive.</summary>
internal readonly record struct StoredEntry(long Position, long Unit, long Recorded, long Checksum, byte[] Entry);
