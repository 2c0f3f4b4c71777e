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
            var wait = at - _time.GetUtcNow();
            _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < s_longest ? wait : s_longest, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}
