using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Configuration;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// One channel of a recipient as attempts find it: how many may run at a time, and when the next one may. The first attempt runs alone, and
/// each that is taken doubles the number; one that fails closes the way until its back-off is over, and then one message probes.
/// Thread-safe.
/// </summary>
internal sealed class Destination(NotificationOptions options)
{
    private readonly Lock _lock = new();
    private int _underWay;
    private int _places = 1;
    private int _failures;
    private int _burst;
    private DateTimeOffset _closedUntil;

    /// <summary>Since when no attempt was taken; <see langword="null"/> where the last one was.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>What the last attempt that failed came to.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Whether something may wait for a place: it goes before what comes now.</summary>
    public bool HasWaiting { get; set; } = true;

    /// <summary>Whether the next attempt is a probe.</summary>
    public bool Probes
    {
        get
        {
            lock (_lock)
            {
                return _failures > 0;
            }
        }
    }

    /// <summary>Whether more than one attempt has failed: one is a message's own as likely as not, and its own back-off stands.</summary>
    public bool IsDown
    {
        get
        {
            lock (_lock)
            {
                return _failures > 1;
            }
        }
    }

    /// <summary>Until when nothing is sent.</summary>
    public DateTimeOffset ClosedUntil
    {
        get
        {
            lock (_lock)
            {
                return _closedUntil;
            }
        }
    }

    /// <summary>How many more attempts may begin now.</summary>
    public int Free(DateTimeOffset now)
    {
        lock (_lock)
        {
            return FreeAt(now);
        }
    }

    /// <summary>Begins an attempt, where one more may.</summary>
    /// <param name="now">The time.</param>
    /// <param name="burst">What its end is reported with: attempts that run beside each other fail as one.</param>
    public bool TryEnter(DateTimeOffset now, out int burst)
    {
        lock (_lock)
        {
            burst = _burst;
            if (FreeAt(now) == 0)
            {
                return false;
            }

            _underWay++;
            return true;
        }
    }

    /// <summary>An attempt has ended and is recorded.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _underWay--;
        }
    }

    /// <summary>Takes in what an attempt came to.</summary>
    /// <param name="burst">As it was given at its begin.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">0 to 1: spreads probes of destinations that failed together.</param>
    public void Report(int burst, AttemptOutcome outcome, DateTimeOffset now, double random)
    {
        lock (_lock)
        {
            if (!outcome.Delivered)
            {
                _failures += burst == _burst ? 1 : 0;
                (_burst, _places) = (_burst + 1, 1);
                (FailingSince, LastError) = (FailingSince ?? now, outcome.Detail);
                _closedUntil = now + AttemptBackOff.Wait(options, Math.Max(_failures, 1), outcome.RetryAfter, random);
                return;
            }

            _places = Math.Min(_places * 2, options.ConcurrencyPerDestination);
            Open();
        }
    }

    /// <summary>Starts anew: the address was corrected, or somebody asks for it.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _places = 1;
            Open();
        }
    }

    private int FreeAt(DateTimeOffset now)
    {
        // None is closed for longer than the longest wait: what is, a clock closed that was ahead.
        var closed = _closedUntil > now && _closedUntil <= now + options.LongestBackOff;
        return closed ? 0 : Math.Max(0, (_failures > 0 ? 1 : _places) - _underWay);
    }

    private void Open()
    {
        (_failures, _closedUntil, FailingSince, LastError) = (0, default, null, "");
    }
}
