namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// Stops the asking of what has failed several times in a row, for a while; after that one may ask, and whether that succeeds decides for
/// all. Thread-safe.
/// </summary>
/// <param name="failures">How many failures in a row stop it.</param>
/// <param name="rest">For how long.</param>
/// <param name="time">The clock.</param>
internal sealed class Breaker(int failures, TimeSpan rest, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _inARow;
    private long _since;

    /// <summary>Whether one who asks now would be let.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _inARow < failures || time.GetElapsedTime(_since) >= rest;
            }
        }
    }

    /// <summary>Asks to be let; the first one after the rest is, and the others wait for another rest.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (!IsOpen)
            {
                return false;
            }

            _since = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Tells of a success.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _inARow = 0;
        }
    }

    /// <summary>Tells of a failure.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            _inARow = Math.Min(_inARow + 1, failures);
            _since = time.GetTimestamp();
        }
    }
}
