namespace EarlyWarning.Catalogue.Watching;

/// <summary>
/// The lowest value of a target within a window. A value counts as long as it held, not from when it was first seen: a jump after a year of
/// standing still is a rise. Keeps only values that can still become the lowest, at most 64 of them, so that the window's edge is exact to
/// a sixty-fourth of the window. Not thread-safe.
/// </summary>
/// <param name="window">The length of the window, in ticks.</param>
public sealed class RiseWindow(long window)
{
    private const int Resolution = 64;
    private readonly List<WindowLow> _lows = [];

    /// <summary>The values that can still become the lowest, oldest first.</summary>
    public IReadOnlyList<WindowLow> Lows => _lows;

    /// <summary>The value that holds now, or <see langword="null"/>.</summary>
    public double? Current { get; private set; }

    /// <summary>Takes the value that holds from a moment on.</summary>
    /// <param name="time">The moment.</param>
    /// <param name="value">The value.</param>
    /// <param name="leaves">Makes a copy of the leaves behind the value that held until then; asked only where it is kept.</param>
    public void Observe(long time, double? value, Func<double[]> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (Nullable.Equals(value, Current))
        {
            return;
        }

        if (Current is { } held)
        {
            while (_lows.Count > 0 && _lows[^1].Value >= held)
            {
                _lows.RemoveAt(_lows.Count - 1);
            }

            if (_lows.Count == 0 || time - _lows[^1].Until >= window / Resolution)
            {
                _lows.Add(new(time, held, leaves()));
            }

            _lows.RemoveAll(low => low.Until < time - window);
        }

        Current = value;
    }

    /// <summary>Moves everything with a value that was restated, so that the restatement is no rise.</summary>
    public void Restate(double? value)
    {
        if (value is { } to && Current is { } from)
        {
            for (var i = 0; i < _lows.Count; i++)
            {
                _lows[i] = _lows[i] with { Value = _lows[i].Value + (to - from) };
            }
        }
        else
        {
            _lows.Clear();
        }

        Current = value;
    }

    /// <summary>The lowest value from before the present one that still held within the window.</summary>
    public WindowLow? Lowest(long time)
    {
        foreach (var low in _lows)
        {
            if (low.Until >= time - window)
            {
                return low;
            }
        }

        return null;
    }

    /// <summary>Puts back what the window had.</summary>
    public void Restore(IEnumerable<WindowLow> lows, double? current)
    {
        _lows.AddRange(lows);
        Current = current;
    }
}

/// <summary>A value that held until a moment.</summary>
/// <param name="Until">The moment.</param>
/// <param name="Value">The value.</param>
/// <param name="Leaves">The values of the leaves behind it; NaN for none.</param>
public sealed record WindowLow(long Until, double Value, double[] Leaves);
