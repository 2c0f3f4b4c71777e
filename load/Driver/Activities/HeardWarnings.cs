using System.Collections.Concurrent;

namespace EarlyWarning.Driver.Activities;

/// <summary>What was heard of breaches, by whatever way, and who waits for it. Thread-safe.</summary>
internal sealed class HeardWarnings
{
    private readonly ConcurrentDictionary<(string Country, bool Fires), TaskCompletionSource<long>> _awaited = new();
    private readonly ConcurrentDictionary<(string Breach, bool Fires), ConcurrentDictionary<string, int>> _told = new();

    /// <summary>Whether they are heard as their recipient does, by a webhook, so that it is known how often each was told.</summary>
    public bool ByWebhook { get; init; }

    /// <summary>Waits for the next change of a country's breach; the result is the timestamp at which it was heard.</summary>
    public Task<long> NextAsync(string country, bool fires)
    {
        var waiter = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[(country, fires)] = waiter;
        return waiter.Task;
    }

    /// <summary>Notes that a change was heard.</summary>
    /// <param name="country">The country.</param>
    /// <param name="breach">The breach.</param>
    /// <param name="fires">It has begun to fire; otherwise it is over.</param>
    /// <param name="message">The message's id, the same for each attempt.</param>
    /// <param name="at">When, as a timestamp.</param>
    public void Hear(string country, string breach, bool fires, string message, long at)
    {
        _told.GetOrAdd((breach, fires), static _ => new()).AddOrUpdate(message, 1, static (_, times) => times + 1);
        if (_awaited.TryRemove((country, fires), out var waiter))
        {
            waiter.TrySetResult(at);
        }
    }

    /// <summary>Under how many ids a change was told.</summary>
    public int MessagesOf(string breach, bool fires) => _told.TryGetValue((breach, fires), out var messages) ? messages.Count : 0;

    /// <summary>Attempts beyond the first of each message.</summary>
    public int Repeats => _told.Values.Sum(messages => messages.Values.Sum(times => times - 1));
}
