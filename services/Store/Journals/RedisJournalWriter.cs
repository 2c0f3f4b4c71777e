using System.Buffers;
using EarlyWarning.Store.Connection;
using StackExchange.Redis;

namespace EarlyWarning.Store.Journals;

/// <summary>
/// Appends with <c>SET position entry NX</c> and, behind it on the same connection, a read of the epoch. The epoch read after the write is what
/// makes an acknowledgement safe: while it is still this writer's, whoever opens the journal later finds the entry.
/// </summary>
internal sealed class RedisJournalWriter(
    StoreConnection store, string journal, JournalKeys keys, long epoch, Entry? last, TimeProvider time) : JournalWriter
{
    /// <summary>How often the hint at the tail's position is written; finding the tail costs one round trip more for each doubling.</summary>
    private const int HintEvery = 64;

    private readonly long _seed = Random.Shared.NextInt64();
    private long _tail = last?.Position ?? 0;
    private DateTimeOffset _recordedAt = last?.RecordedAt ?? DateTimeOffset.MinValue;
    private bool _finished;

    public override string Journal => journal;

    public override long Tail => _tail;

    public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxPayload)
        {
            throw new ArgumentException($"An append to a journal has at most {MaxPayload} bytes, this one has {payload.Length}.", nameof(payload));
        }

        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        if (_tail == 0)
        {
            // The index may name a journal without entries, never miss one with entries.
            await store.RunAsync(db => db.SortedSetAddAsync(JournalKeys.Names, journal, 0));
        }

        var now = time.GetUtcNow();
        Entry entry = new(_tail + 1, epoch, unchecked(_seed + _tail), now > _recordedAt ? now : _recordedAt, payload);
        var buffer = ArrayPool<byte>.Shared.Rent(entry.Length);
        entry.Write(buffer);
        await StoreAsync(entry, buffer.AsMemory(0, entry.Length), cancellationToken);

        // Not given back after an exception: the connection may still be sending from it.
        ArrayPool<byte>.Shared.Return(buffer);
        _recordedAt = entry.RecordedAt;
        _tail = entry.Position;
        _finished = false;
        if (_tail % HintEvery == 0)
        {
            store.Database.StringSet(keys.Hint, _tail, flags: CommandFlags.FireAndForget);
        }

        return new(_tail, _recordedAt);
    }

    private async Task StoreAsync(Entry entry, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var key = keys.Entry(entry.Position);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var database = store.Database;
                var set = database.StringSetAsync(key, bytes, when: When.NotExists);
                var current = database.StringGetAsync(keys.Epoch);
                await Task.WhenAll(set, current);
                if ((long)await current != epoch || !(await set || IsOwn(entry, await database.StringGetAsync(key))))
                {
                    throw new FencedException(journal);
                }

                return;
            }
            catch (Exception exception) when (StoreConnection.IsUnavailability(exception))
            {
                // It may have happened. The same entry at the same position is safe to send again: it lands once at most.
                if (time.GetElapsedTime(started) >= store.Options.UnclearTimeout)
                {
                    throw store.Unavailable(exception);
                }

                await Task.Delay(StoreConnection.RetryDelay, time, cancellationToken);
            }
        }
    }

    private bool IsOwn(Entry mine, RedisValue found)
    {
        if (found.IsNull)
        {
            return false;
        }

        var entry = Entry.Read(journal, mine.Position, found);
        return entry.Epoch == mine.Epoch && entry.AppendId == mine.AppendId;
    }
}
