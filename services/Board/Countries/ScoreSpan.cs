using EarlyWarning.Board.Language;

namespace EarlyWarning.Board.Countries;

/// <summary>The time and the scale that a chart of scores covers, and where things stand in it. Immutable.</summary>
/// <param name="From">The left end.</param>
/// <param name="To">The right end.</param>
/// <param name="Top">The highest score that is drawn.</param>
public sealed record ScoreSpan(DateTimeOffset From, DateTimeOffset To, double Top)
{
    /// <summary>The drawing's width, which is stretched to what there is.</summary>
    public const double Width = 1000;

    /// <summary>The drawing's height, in pixels.</summary>
    public const double Height = 220;

    private const int Ticks = 4;
    private const int Samples = 12;

    private static readonly TimeSpan[] s_steps =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(3),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(31),
    ];

    /// <summary>Gets the moments that are named below it, and how far along the width each stands, in percent.</summary>
    public IEnumerable<(DateTimeOffset At, double Percent)> Named =>
        Enumerable.Range(0, Ticks + 1).Select(i => (From + ((To - From) * i / Ticks), 100.0 * i / Ticks));

    /// <summary>
    /// Gets the moments within at which what was known is looked up: twelve or so, at round times, so that pages of the same span ask for
    /// the same.
    /// </summary>
    public IEnumerable<DateTimeOffset> Sampled
    {
        get
        {
            var least = (To - From) / Samples;
            var step = s_steps.FirstOrDefault(one => one >= least, TimeSpan.FromDays(Math.Ceiling(least.TotalDays / 31) * 31));
            var first = new DateTimeOffset(((From.UtcTicks / step.Ticks) + 1) * step.Ticks, TimeSpan.Zero);
            for (var at = first; at < To; at += step)
            {
                yield return at;
            }
        }
    }

    /// <summary>
    /// The span that ends now: to some hundredth of its length, so that the drawing moves with what is new and not with the clock.
    /// </summary>
    /// <param name="length">How long; <see langword="null"/> for all that is known.</param>
    /// <param name="first">The first that is known; <see langword="null"/> for nothing.</param>
    /// <param name="now">The right end.</param>
    /// <param name="top">The highest score that is drawn.</param>
    public static ScoreSpan Until(TimeSpan? length, DateTimeOffset? first, DateTimeOffset now, double top)
    {
        var whole = length ?? now - (first ?? now.AddDays(-1));
        whole = whole < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : whole;
        var grain = (long)Math.Pow(2, Math.Floor(Math.Log2(Math.Max(whole.TotalSeconds / 250, 1)))) * TimeSpan.TicksPerSecond;
        var to = new DateTimeOffset(((now.UtcTicks / grain) + 1) * grain, TimeSpan.Zero);
        return new(to - whole - TimeSpan.FromTicks(length is null ? grain : 0), to, top);
    }

    /// <summary>The moment at a place of the width, of so many at equal distances.</summary>
    public DateTimeOffset At(int place, int places) => From + ((To - From) * place / places);

    /// <summary>How far along the width a moment stands.</summary>
    public double X(DateTimeOffset at) => Math.Clamp((at - From) / (To - From), 0, 1) * Width;

    /// <summary>The same, in percent, for what must not be stretched.</summary>
    public string Percent(DateTimeOffset at) => $"{Number.Drawn(X(at) / Width * 100)}%";

    /// <summary>How far below the upper edge a score stands.</summary>
    public double Y(double score) => (1 - Math.Clamp(score / Top, 0, 1)) * Height;

    /// <summary>Whether a moment is within.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at <= To;
}
