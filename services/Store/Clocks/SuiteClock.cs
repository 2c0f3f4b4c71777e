namespace EarlyWarning.Store.Clocks;

/// <summary>
/// The suite's time: the wall clock for as long as the clocks agree. Where the wall clock jumps, time goes on by the monotonic clock from
/// where it was
/// until the clocks agree again, another clock confirms the new one, or an operator's grace is over. So nothing is dated, and no deadline
/// set, by a
/// clock that nothing confirms. Timers and timestamps are the machine's. Thread-safe.
/// </summary>
/// <remarks>Each call compares: a jump takes effect at once, and not only when somebody looks. That costs two readings of clocks.</remarks>
public sealed partial class SuiteClock : TimeProvider
{
    private static readonly TimeSpan s_proper = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_anchorEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_storeFresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_sourcesFresh = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _machine;
    private readonly ClockOptions _options;
    private readonly Func<TimeSpan?> _uptime;
    private readonly string _boot;
    private ClockSample _line;
    private ClockDoubt? _doubt;
    private int _changes;

    /// <param name="machine">The machine's clocks.</param>
    /// <param name="options">When a clock is believed.</param>
    /// <param name="uptime">
    /// How long the machine has run, its sleep included; by default what the system says of the system's own clocks.
    /// </param>
    /// <param name="boot">
    /// Names the machine's present run, another with each boot; empty where that is not known. By default what the system says of the
    /// system's own clocks.
    /// </param>
    public SuiteClock(TimeProvider machine, ClockOptions? options = null, Func<TimeSpan?>? uptime = null, string? boot = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        (_machine, _options) = (machine, options ?? new());
        _uptime = uptime ?? (ReferenceEquals(machine, System) ? Uptime.Read : static () => null);
        _boot = boot ?? (ReferenceEquals(machine, System) ? Uptime.Boot() : "");
        var (wall, stamp) = Measure();
        _line = new(wall, stamp, _uptime());
    }

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <summary>
    /// Gets how often time has become certain anew: whoever keeps what was computed from an earlier time computes it again.
    /// </summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        var line = Volatile.Read(ref _line);
        var wall = _machine.GetUtcNow();
        return Volatile.Read(ref _doubt) is null && (wall - At(line, _machine.GetTimestamp())).Duration() <= _options.Jump
            ? wall
            : Read().Now;
    }

    /// <inheritdoc />
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Compares the clocks and says what time it is, and whether that is certain.</summary>
    public ClockReading Read()
    {
        if (IsSettled(out var settled))
        {
            return new(settled, null);
        }

        lock (_gate)
        {
            var (wall, stamp) = Measure();
            return new(Judge(wall, stamp), _doubt);
        }
    }

    /// <summary>Compares the clocks and says how they stand.</summary>
    public ClockStatus Status()
    {
        lock (_gate)
        {
            var (wall, stamp) = Measure();
            var now = Judge(wall, stamp);
            return new(
                _doubt,
                _past is var (text, at) && _machine.GetElapsedTime(at, stamp) <= _options.ShownFor ? text : "",
                wall - now,
                StoreAt(stamp) - wall
            );
        }
    }

    /// <summary>
    /// By how much the store's clock leads the suite's time; <see langword="null"/> where it has none, or it has not answered lately.
    /// </summary>
    public TimeSpan? StoreLead()
    {
        lock (_gate)
        {
            var (wall, stamp) = Measure();
            return StoreAt(stamp) - Judge(wall, stamp);
        }
    }

    /// <summary>
    /// Whether the clocks were judged just now and agree still, which needs no gate: whatever else speaks of time is judged when heard.
    /// </summary>
    private bool IsSettled(out DateTimeOffset wall)
    {
        var line = Volatile.Read(ref _line);
        (wall, var stamp) = Measure();
        return Volatile.Read(ref _proven)
            && Volatile.Read(ref _doubt) is null
            && _machine.GetElapsedTime(line.Stamp, stamp) < s_anchorEvery
            && (wall - At(line, stamp)).Duration() <= _options.Jump;
    }

    /// <summary>Both clocks as of one moment: a thread that is held between the two readings must not look like a jump.</summary>
    private (DateTimeOffset Wall, long Stamp) Measure()
    {
        for (var attempt = 0; ; attempt++)
        {
            var before = _machine.GetTimestamp();
            var wall = _machine.GetUtcNow();
            var after = _machine.GetTimestamp();
            if (attempt == 20 || _machine.GetElapsedTime(before, after) < s_proper)
            {
                return (wall, after);
            }
        }
    }

    private DateTimeOffset At(ClockSample line, long stamp) => line.Wall + _machine.GetElapsedTime(line.Stamp, stamp);

    /// <summary>A moment by which two clocks were compared.</summary>
    private sealed record ClockSample(DateTimeOffset Wall, long Stamp, TimeSpan? Uptime);
}
