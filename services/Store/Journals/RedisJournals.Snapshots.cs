using System.Buffers.Binary;
using System.IO.Hashing;
using StackExchange.Redis;

namespace EarlyWarning.Store.Journals;

internal sealed partial class RedisJournals
{
    private const int PartBytes = 512 * 1024;

    /// <summary>Before the payload: version (1), three zeros, length (4), XXH64 of the payload (8).</summary>
    private const int SnapshotHeader = 16;
    private const byte SnapshotVersion = 1;

    public async Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        cancellationToken.ThrowIfCancellationRequested();
        var positions = await store.RunAsync(db => db.SortedSetRangeByScoreAsync(keys.Snapshots, 0, atOrBefore, order: Order.Descending));
        foreach (var position in positions)
        {
            // One that is damaged or was removed meanwhile costs time only: an older one, or the journal itself, says the same.
            if (await ReadSnapshotAsync(keys, (long)position) is { } payload)
            {
                return new Snapshot((long)position, payload);
            }
        }

        return null;
    }

    public async Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = new byte[SnapshotHeader + payload.Length];
        bytes[0] = SnapshotVersion;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), XxHash64.HashToUInt64(payload.Span));
        payload.CopyTo(bytes.AsMemory(SnapshotHeader));

        // The index last, so that it never names a snapshot that is not whole.
        await store.RunAsync(db => Task.WhenAll(bytes.Chunk(PartBytes).Select((part, index) => db.StringSetAsync(keys.Snapshot(position, index), part))));
        await store.RunAsync(db => db.SortedSetAddAsync(keys.Snapshots, position, position));
        await RemoveOldSnapshotsAsync(keys);
        merger.Request(journal, position);
    }

    private async Task<ReadOnlyMemory<byte>?> ReadSnapshotAsync(JournalKeys keys, long position)
    {
        var part = await store.RunAsync(db => db.StringGetAsync(keys.Snapshot(position, 0)));
        ReadOnlyMemory<byte> head = part.IsNull ? default : (ReadOnlyMemory<byte>)part;
        if (head.Length < SnapshotHeader || head.Span[0] != SnapshotVersion)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head.Span[4..]);
        var checksum = BinaryPrimitives.ReadUInt64LittleEndian(head.Span[8..]);
        var payload = head[SnapshotHeader..];
        if (payload.Length < length)
        {
            var rest = new RedisKey[Parts(length) - 1];
            for (var index = 0; index < rest.Length; index++)
            {
                rest[index] = keys.Snapshot(position, index + 1);
            }

            var parts = await store.RunAsync(db => db.StringGetAsync(rest));
            var whole = new byte[payload.Length + parts.Sum(value => value.Length())];
            payload.CopyTo(whole);
            var at = payload.Length;
            foreach (var value in parts)
            {
                ((ReadOnlyMemory<byte>)value).CopyTo(whole.AsMemory(at));
                at += (int)value.Length();
            }

            payload = whole;
        }

        if (payload.Length != length || XxHash64.HashToUInt64(payload.Span) != checksum)
        {
            return null;
        }

        return payload;
    }

    private async Task RemoveOldSnapshotsAsync(JournalKeys keys)
    {
        var old = await store.RunAsync(db => db.SortedSetRangeByRankAsync(keys.Snapshots, 0, -1 - store.Options.SnapshotsKept));
        foreach (var position in old)
        {
            await store.RunAsync(async db =>
            {
                var head = await db.StringGetRangeAsync(keys.Snapshot((long)position, 0), 0, SnapshotHeader - 1);
                var length = head.Length() < SnapshotHeader ? 0 : BinaryPrimitives.ReadInt32LittleEndian(((ReadOnlyMemory<byte>)head).Span[4..]);
                await db.SortedSetRemoveAsync(keys.Snapshots, position);
                return await db.KeyDeleteAsync([.. Enumerable.Range(0, Parts(length)).Select(index => keys.Snapshot((long)position, index))]);
            });
        }
    }

    private static int Parts(int length) => (SnapshotHeader + length + PartBytes - 1) / PartBytes;
}
