using System.Buffers;
using System.Collections.Concurrent;
using EarlyWarning.Store.Connection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EarlyWarning.Store.Journals;

/// <summary>
/// Merges entries that a snapshot covers into segments, behind the writers' backs. Safe to be killed anywhere and to run twice: a segment's key is
/// set only if absent, then listed, and only then are the keys that it replaces deleted.
/// </summary>
internal sealed partial class SegmentMerger(StoreConnection store, ILogger<SegmentMerger> logger) : IAsyncDisposable
{
    /// <summary>A segment has at most this many bytes, unless a single entry is larger.</summary>
    public const int SegmentBytes = 512 * 1024;

    /// <summary>Fewer entries than this that also do not fill a segment stay as they are, so that segments do not become many and small.</summary>
    public const int SegmentEntries = 1024;

    private const int DeleteBatch = 256;
    private readonly ConcurrentDictionary<string, long> _requested = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private int _running;

    /// <summary>Asks for the entries up to a position to be merged, soon. Never throws and never waits.</summary>
    public void Request(string journal, long position)
    {
        _requested.AddOrUpdate(journal, position, (_, earlier) => Math.Max(earlier, position));
        _ = Task.Run(DrainAsync);
    }

    /// <summary>Waits until nothing is left to merge.</summary>
    public async Task IdleAsync()
    {
        while (!_requested.IsEmpty || Volatile.Read(ref _running) > 0)
        {
            await DrainAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _requested.Clear();
        await _one.WaitAsync();
    }

    private async Task DrainAsync()
    {
        await _one.WaitAsync();
        Interlocked.Increment(ref _running);
        try
        {
            while (_requested.Keys.FirstOrDefault() is { } journal && _requested.TryRemove(journal, out var position) && !_stopping.IsCancellationRequested)
            {
                await MergeAsync(journal, position, _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            LogPutOff(logger, exception.Message);
        }
        catch (JournalDamagedException exception)
        {
            LogDamaged(logger, exception);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _one.Release();
        }
    }

    private async Task MergeAsync(string journal, long until, CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        var next = await Segment.MergedUntilAsync(store, keys) + 1;
        await CleanAsync(keys, next - 1, cancellationToken);
        ArrayBufferWriter<byte> open = new(64 * 1024);
        var first = next;
        while (next <= until)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(64, until - next + 1);
            var from = next;
            var values = await store.RunAsync(db => db.StringGetAsync([.. Enumerable.Range(0, count).Select(index => keys.Entry(from + index))]));
            foreach (var value in values)
            {
                if (value.IsNull)
                {
                    // Another merger was faster.
                    return;
                }

                ReadOnlyMemory<byte> bytes = value;
                if (open.WrittenCount > 0 && (open.WrittenCount + bytes.Length > SegmentBytes || next - first >= SegmentEntries))
                {
                    if (await SealAsync(journal, keys, first, next - 1, open.WrittenMemory, cancellationToken) != next - 1)
                    {
                        return;
                    }

                    first = next;
                    open.ResetWrittenCount();
                }

                open.Write(bytes[..Entry.Read(journal, next, bytes).Length].Span);
                next++;
            }
        }
    }

    private async Task<long> SealAsync(
        string journal, JournalKeys keys, long first, long last, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!await store.RunAsync(db => db.StringSetAsync(keys.Segment(first), bytes, when: When.NotExists)))
        {
            // Written before, and possibly shorter: what is there counts.
            var found = await store.RunAsync(db => db.StringGetAsync(keys.Segment(first)));
            last = Segment.LastOf(journal, first, found);
        }

        await store.RunAsync(db => db.SortedSetAddAsync(keys.Segments, first, last));
        await CleanAsync(keys, last, cancellationToken);
        return last;
    }

    private async Task CleanAsync(JournalKeys keys, long until, CancellationToken cancellationToken)
    {
        var cleaned = (long)await store.RunAsync(db => db.StringGetAsync(keys.Cleaned));
        while (cleaned < until)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(DeleteBatch, until - cleaned);
            var from = cleaned + 1;
            await store.RunAsync(db => db.KeyDeleteAsync([.. Enumerable.Range(0, count).Select(index => keys.Entry(from + index))]));
            cleaned += count;
            var mark = cleaned;
            await store.RunAsync(db => db.StringSetAsync(keys.Cleaned, mark));
        }
    }
}
