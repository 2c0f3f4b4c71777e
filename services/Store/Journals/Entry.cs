using System.Buffers.Binary;
using System.IO.Hashing;

namespace EarlyWarning.Store.Journals;

/// <summary>
/// An entry as it is stored: a header of 48 bytes, little endian, then the payload. Version (1), three zeros, payload length (4), position,
/// epoch, append id, recorded time in ticks, and over all of these and the payload a XXH64 checksum (8 each).
/// </summary>
internal readonly record struct Entry(long Position, long Epoch, long AppendId, DateTimeOffset RecordedAt, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderLength = 48;
    private const int ChecksumAt = 40;
    private const byte Version = 1;

    public int Length => HeaderLength + Payload.Length;

    public JournalEntry Public => new(Position, RecordedAt, Payload);

    public void Write(Span<byte> target)
    {
        target[..ChecksumAt].Clear();
        target[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], Payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Position);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], AppendId);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], RecordedAt.UtcTicks);
        Payload.Span.CopyTo(target[HeaderLength..]);
        BinaryPrimitives.WriteUInt64LittleEndian(target[ChecksumAt..], Checksum(target[..Length]));
    }

    /// <summary>Reads the entry that must be at a position; the rest of <paramref name="bytes"/>, if any, is left alone.</summary>
    /// <exception cref="JournalDamagedException">It is not that entry, or not whole.</exception>
    public static Entry Read(string journal, long position, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length >= HeaderLength && span[0] > Version)
        {
            throw new JournalDamagedException(journal, position, "was written by a newer version; start that version or a later one");
        }

        if (span.Length < HeaderLength || span[0] != Version)
        {
            throw new JournalDamagedException(journal, position, "has no readable header");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(span[4..]);
        if (length < 0 || length > span.Length - HeaderLength
            || BinaryPrimitives.ReadUInt64LittleEndian(span[ChecksumAt..]) != Checksum(span[..(HeaderLength + length)]))
        {
            throw new JournalDamagedException(journal, position, "fails its checksum");
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(span[8..]) != position)
        {
            throw new JournalDamagedException(journal, position, "belongs to another position");
        }

        return new(
            position,
            BinaryPrimitives.ReadInt64LittleEndian(span[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[24..]),
            new(BinaryPrimitives.ReadInt64LittleEndian(span[32..]), TimeSpan.Zero),
            bytes.Slice(HeaderLength, length));
    }

    private static ulong Checksum(ReadOnlySpan<byte> entry)
    {
        XxHash64 hash = new();
        hash.Append(entry[..ChecksumAt]);
        hash.Append(entry[HeaderLength..]);
        return hash.GetCurrentHashAsUInt64();
    }
}
