namespace EarlyWarning.TestKit;

/// <summary>A machine whose wall clock a test sets apart from its monotonic one. All else is the inner time's.</summary>
public sealed class MovedTime(TimeProvider inner) : TimeProvider
{
    private long _moved;
    private long _passed;

    /// <summary>By how much the wall clock is set away from the inner one.</summary>
    public TimeSpan Moved
    {
        get => new(Interlocked.Read(ref _moved));
        set => Interlocked.Exchange(ref _moved, value.Ticks);
    }

    /// <summary>How much time has passed beside the real time: on the monotonic clock too.</summary>
    public TimeSpan Passed
    {
        get => new(Interlocked.Read(ref _passed));
        set => Interlocked.Exchange(ref _passed, value.Ticks);
    }

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Moved + Passed;

    public override long GetTimestamp() => inner.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
