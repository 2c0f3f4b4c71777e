namespace EarlyWarning.Driver.Scenarios;

/// <summary>When calls begin.</summary>
internal abstract record Profile
{
    /// <summary>The same with so many times the load.</summary>
    public abstract Profile Scale(double times);
}

/// <summary>
/// The open model: calls arrive at a rate, whatever becomes of those before. A call's latency counts from the moment at which it was meant
/// to begin, so that a suite that stands still is seen as all who would have waited see it.
/// </summary>
/// <param name="Segments">The rate, one stretch after the other.</param>
/// <param name="Random">Arrivals are independent of each other (Poisson); otherwise evenly spaced.</param>
internal sealed record OpenProfile(IReadOnlyList<Segment> Segments, bool Random = true) : Profile
{
    /// <summary>The same rate all the time.</summary>
    public static OpenProfile Inject(double rate, bool random = true) => new([new(rate, rate, 1)], random);

    public override Profile Scale(double times) =>
        this with
        {
            Segments = [.. Segments.Select(segment => segment with { From = segment.From * times, To = segment.To * times })],
        };

    /// <summary>The moments at which calls begin, from the start of the warm-up, which has the rate of the beginning.</summary>
    /// <param name="warmup">How long the warm-up is.</param>
    /// <param name="duration">How long is measured.</param>
    /// <param name="seed">Flows of different seeds arrive independently of each other; the same one always arrives alike.</param>
    public IEnumerable<TimeSpan> Arrivals(TimeSpan warmup, TimeSpan duration, int seed = 1)
    {
        var random = new Random(seed);
        var start = 0.0;
        var needed = Gap();
        foreach (var (from, to, seconds) in Stretches(warmup, duration))
        {
            var (at, slope) = (0.0, seconds > 0 ? (to - from) / seconds : 0);
            while (Advance(from + (slope * at), slope, needed) is { } step && at + step <= seconds)
            {
                at += step;
                yield return TimeSpan.FromSeconds(start + at);
                needed = Gap();
            }

            // What is left of this stretch counts towards the first arrival of the next.
            needed -= (from + (slope * at) + to) / 2 * (seconds - at);
            start += seconds;
        }

        double Gap() => Random ? -Math.Log(1 - random.NextDouble()) : 1;
    }

    private IEnumerable<(double From, double To, double Seconds)> Stretches(TimeSpan warmup, TimeSpan duration)
    {
        yield return (Segments[0].From, Segments[0].From, warmup.TotalSeconds);
        foreach (var segment in Segments)
        {
            yield return (segment.From, segment.To, segment.Share * duration.TotalSeconds);
        }
    }

    /// <summary>How long it takes, from a moment with this rate, until so many calls have come; <see langword="null"/> for never.</summary>
    private static double? Advance(double rate, double slope, double calls)
    {
        if (Math.Abs(slope) < 1e-9)
        {
            return rate > 0 ? calls / rate : null;
        }

        var root = (rate * rate) + (2 * slope * calls);
        return root < 0 ? null : (Math.Sqrt(root) - rate) / slope;
    }
}

/// <summary>A stretch of an open profile, whose rate changes evenly.</summary>
/// <param name="From">Calls a second at its beginning.</param>
/// <param name="To">Calls a second at its end.</param>
/// <param name="Share">Its part of the measured time; all parts of a profile are 1 together.</param>
internal sealed record Segment(double From, double To, double Share);

/// <summary>The closed model: so many callers, of whom each waits for its answer, thinks, and calls again.</summary>
/// <param name="Copies">How many.</param>
/// <param name="Think">From an answer to the next call.</param>
internal sealed record ClosedProfile(int Copies, TimeSpan Think = default) : Profile
{
    public override Profile Scale(double times) => this with { Copies = Math.Max(1, (int)Math.Round(Copies * times)) };
}
