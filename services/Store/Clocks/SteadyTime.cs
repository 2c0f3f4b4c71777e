namespace EarlyWarning.Store.Clocks;

/// <summary>
/// A time that nobody can set: the system's at the start, gone on with by the monotonic clock. For what only measures how long ago
/// something was, and breaks where a wall clock goes back. Thread-safe.
/// </summary>
public sealed class SteadyTime : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _stamp = System.GetTimestamp();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + System.GetElapsedTime(_stamp);
}
