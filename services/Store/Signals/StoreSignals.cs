using System.Collections.Concurrent;
using System.Threading.Channels;

namespace EarlyWarning.Store.Signals;

/// <summary>The signals within a process, and what is to be said to others.</summary>
internal sealed class StoreSignals : ISignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _next = new(StringComparer.Ordinal);
    private Channel<string>? _told;

    /// <summary>What others are to be told, from here on, each name once for as long as it waits.</summary>
    public ChannelReader<string> Tell()
    {
        // Who is told late looks by himself.
        _told = Channel.CreateBounded<string>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        return _told.Reader;
    }

    public Task WhenGiven(string name) => _next.GetOrAdd(name, static _ => New()).Task;

    public void Give(string name)
    {
        Ring(name);
        Volatile.Read(ref _told)?.Writer.TryWrite(name);
    }

    /// <summary>Wakes those who wait here.</summary>
    public void Ring(string name)
    {
        if (_next.TryGetValue(name, out var present) && _next.TryUpdate(name, New(), present))
        {
            present.TrySetResult();
        }
    }

    /// <summary>Wakes all who wait here: something may have been missed.</summary>
    public void RingAll()
    {
        foreach (var name in _next.Keys)
        {
            Ring(name);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
