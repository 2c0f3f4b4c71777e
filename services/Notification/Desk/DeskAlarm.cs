namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Rings at the earliest time asked for, to the millisecond; the due times in the store are looked at every second and outlast the process.
/// </summary>
internal sealed class DeskAlarm : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private DateTimeOffset? _at;

    public DeskAlarm(TimeProvider time, Action ring)
    {
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                lock (_lock)
                {
                    _at = null;
                }

                ring();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void RingAt(DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_at <= at)
            {
                return;
            }

            _at = at;
            Set(at - _time.GetUtcNow());
            if (_time.GetUtcNow() >= at)
            {
                // The clock was set forward meanwhile, and the timer counts from there.
                Set(TimeSpan.Zero);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Set(TimeSpan wait) => _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < s_longest ? wait : s_longest, Timeout.InfiniteTimeSpan);
}
