using System.Globalization;

namespace EarlyWarning.Store.Clocks;

/// <content>What is known of the time from before a start.</content>
public sealed partial class SuiteClock
{
    /// <summary>
    /// Says when the store was last in use, once, at the start. Where the machine has not been started anew since, how long it has run
    /// meanwhile tells what the wall clock has to say now; otherwise there is no monotonic past to compare with.
    /// </summary>
    /// <param name="newest">When that was; <see langword="null"/> where it is not known.</param>
    /// <param name="run">What <see cref="Run"/> said then; empty where it said nothing.</param>
    public void Know(DateTimeOffset? newest, string run = "")
    {
        lock (_gate)
        {
            var (wall, stamp) = Measure();
            _newest = newest;
            if (newest is not { } last)
            {
                return;
            }

            if (Since(run) is { } passed)
            {
                var steady = last + passed;
                if ((wall - steady).Duration() > _options.Doubt && !StoreAgrees(wall, stamp))
                {
                    Volatile.Write(ref _line, new(steady, stamp, _uptime()));
                    Begin(ClockConflict.Jumped, wall - steady, steady, stamp, wait: true, ClockText.JumpedBefore(wall - steady, last));
                }

                return;
            }

            if (wall < last - _options.Behind && !StoreAgrees(wall, stamp))
            {
                Begin(ClockConflict.BehindStore, last - wall, wall, stamp, wait: true, ClockText.BehindStore(wall, last));
            }
            else if (wall > last + _options.Silence && StoreAgrees(wall, stamp))
            {
                Note(ClockText.Silence(last, wall - last), stamp);
            }
            else if (wall > last + _options.Silence)
            {
                // Whatever is decided by a future that never was stands in the journals for good.
                Begin(ClockConflict.AheadOfStore, wall - last, wall, stamp, wait: true, ClockText.AheadOfStore(wall, last));
            }
        }
    }

    /// <summary>Which run of the machine this is, and for how long it has run; empty where the system does not say.</summary>
    internal string Run() =>
        _boot.Length > 0 && _uptime() is { } ran ? string.Create(CultureInfo.InvariantCulture, $"{_boot} {ran.Ticks}") : "";

    /// <summary>
    /// How long ago something was of which a run was kept; <see langword="null"/> where the machine was started anew since.
    /// </summary>
    private TimeSpan? Since(string run) =>
        run.Split(' ') is [var boot, var ticks]
        && boot == _boot
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var then)
        && _uptime() is { } now
        && now.Ticks >= then
            ? new(now.Ticks - then)
            : null;
}
