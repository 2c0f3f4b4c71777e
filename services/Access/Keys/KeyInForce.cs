using EarlyWarning.Access.Leases;

namespace EarlyWarning.Access.Keys;

/// <summary>A key that callers of a running suite may show, and what is held open under it. Thread-safe.</summary>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
internal sealed class KeyInForce(ApiKey kept) : IAdmission
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();
    private int _held;

    /// <summary>What is kept of it.</summary>
    public ApiKey Kept => kept;

    /// <summary>Ends when it is refused from then on.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Whether a stream or a socket is open under it: it is in use, however long ago that began.</summary>
    public bool IsHeld => Volatile.Read(ref _held) > 0;

    /// <inheritdoc/>
    public ICallLease Hold()
    {
        Interlocked.Increment(ref _held);
        return new Holding(this);
    }

    /// <summary>Ends what is open under it, each on a thread of its own: none holds up another, nor whoever looks at the keys.</summary>
    public void End() => _ = _ended.CancelAsync();

    private sealed class Holding(KeyInForce key) : ICallLease
    {
        public CancellationToken Ended => key.Ended;

        public void Dispose() => Interlocked.Decrement(ref key._held);
    }
}
