using System.Buffers.Binary;
using System.Globalization;

namespace EarlyWarning.Store.Embedded;

/// <summary>
/// Finds where the last whole commit of the embedded store's log ends. What follows was never acknowledged, and may be half written: Garnet flushes
/// whole sectors of pages that others are writing to. Its own recovery takes a commit record of which only the version has arrived for a whole one
/// (the checksum is an exclusive or, and zeros pass), and then finds the log empty. Here a commit counts when its record gives its own place and the
/// number after the one before.
/// </summary>
/// <remarks>
/// As in Tsavorite's TsavoriteLog without checksums: an entry is its length (4 bytes, little endian), the payload, and padding to 4 bytes; a commit
/// record has a negative length and holds version (4), checksum, begin, end and number (8 each) and the length of a cookie (4; none is -1). Zeros
/// behind the last entry fill a page up.
/// </remarks>
internal static class LogTail
{
    private const long FirstAddress = 64;
    private const int LengthSize = sizeof(int);
    private const int CommitLength = 40;
    private const string CommitFolder = "log-commits";
    private const string CommitFile = "commit.";

    /// <summary>The address behind the last whole commit; that of the log's beginning where there is none.</summary>
    /// <param name="file">The path of a segment's file without its number.</param>
    /// <param name="segmentSize">Bytes of a segment.</param>
    /// <param name="pageSize">Bytes of a page.</param>
    public static long Find(string file, long segmentSize, int pageSize)
    {
        var last = NewestKept(Path.Combine(Path.GetDirectoryName(file)!, CommitFolder));
        var offset = (int)(last.End % pageSize);
        var page = last.End - offset;
        var bytes = new byte[pageSize];
        while (Load(file, segmentSize, page, bytes))
        {
            while (offset <= pageSize - LengthSize && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)) is var length and not 0)
            {
                var size = LengthSize + ((Math.Abs((long)length) + 3) & ~3L);
                if (size > pageSize - offset)
                {
                    return last.End;
                }

                if (length < 0)
                {
                    if (!Commit.TryRead(bytes.AsSpan(offset + LengthSize, -length), out var commit) || commit != new Commit(page + offset + size, last.Number + 1))
                    {
                        return last.End;
                    }

                    last = commit;
                }

                offset += (int)size;
            }

            if (offset == 0)
            {
                break;
            }

            (page, offset) = (page + pageSize, 0);
        }

        return last.End;
    }

    /// <summary>The newest commit that has a file of its own, from which a recovery starts; only the first of each run and some later ones have.</summary>
    private static Commit NewestKept(string folder)
    {
        Commit newest = new(FirstAddress, 0);
        if (!Directory.Exists(folder))
        {
            return newest;
        }

        foreach (var file in Directory.EnumerateFiles(folder, CommitFile + "*"))
        {
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length >= LengthSize + CommitLength
                && BinaryPrimitives.ReadInt32LittleEndian(bytes) == CommitLength
                && Commit.TryRead(bytes.AsSpan(LengthSize, CommitLength), out var commit)
                && commit.Number > newest.Number)
            {
                newest = commit;
            }
        }

        return newest;
    }

    /// <summary>Reads a page, with zeros where the file ends earlier; says whether there was anything.</summary>
    private static bool Load(string file, long segmentSize, long address, Span<byte> page)
    {
        var segment = string.Create(CultureInfo.InvariantCulture, $"{file}.{address / segmentSize}");
        if (!File.Exists(segment))
        {
            return false;
        }

        using var handle = File.OpenHandle(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var read = LogDevice.ReadFully(handle, page, address % segmentSize);
        page[read..].Clear();
        return read > 0;
    }

    private readonly record struct Commit(long End, long Number)
    {
        private const int Version = 1;
        private const int NoCookie = -1;

        public static bool TryRead(ReadOnlySpan<byte> bytes, out Commit commit)
        {
            commit = default;
            if (bytes.Length != CommitLength || BinaryPrimitives.ReadInt32LittleEndian(bytes) != Version || BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]) != NoCookie)
            {
                return false;
            }

            var begin = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]);
            commit = new(BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]));
            return BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]) == (begin ^ commit.End ^ commit.Number ^ NoCookie);
        }
    }
}
