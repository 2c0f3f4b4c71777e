using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// When an event counts for a forecast or a warning: the one definition by which models, frameworks and rules are judged. The event comes
/// after the forecast was made or the warning began, strictly, and not after the horizon; for a warning also while it stands, or within a
/// grace after its end.
/// </summary>
/// <param name="Horizon">How far ahead is foretold, above 0.</param>
/// <param name="Grace">How long after a warning's end an event still counts, 0 or more.</param>
public sealed record HitDefinition(TimeSpan Horizon, TimeSpan Grace)
{
    /// <summary>
    /// Gets the moments at which forecasts are made. A horizon that ends within <see cref="Near"/> of a later one ends with it: a year is a
    /// year, of 365 days or of 366, and no event counts for two.
    /// </summary>
    public ImmutableArray<DateTimeOffset> Moments { get; init; } = [];

    /// <summary>Gets what a calendar makes of equal spans: a day and a half.</summary>
    public static TimeSpan Near { get; } = TimeSpan.FromHours(36);

    /// <summary>Gets the definition in a sentence.</summary>
    public string Words =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"An event counts for a forecast or a warning that it follows, strictly, within {Days(Horizon)}{Calendar}; for a warning "
                + $"only while it stands{Beyond}."
        );

    private string Calendar => Moments.Length > 1 ? " (to the nearest period)" : "";

    private string Beyond => Grace > TimeSpan.Zero ? $" or within {Days(Grace)} after its end" : "";

    /// <summary>Finds the time in which an event counts.</summary>
    /// <param name="start">When the forecast was made or the warning began.</param>
    /// <param name="over">When the warning ended; null while it stands, and for a forecast.</param>
    /// <returns>The time, which is empty where the grace ends before it begins.</returns>
    public EventWindow WindowOf(DateTimeOffset start, DateTimeOffset? over = null)
    {
        var end = Bounded(start, Horizon);
        DateTimeOffset? nearest = null;
        foreach (var moment in Moments)
            if (
                moment > start
                && (moment - end).Duration() <= Near
                && (nearest is not { } other || (moment - end).Duration() < (other - end).Duration())
            )
                nearest = moment;
        end = nearest ?? end;
        return new EventWindow(start, over is { } ended && Bounded(ended, Grace) is var last && last < end ? last : end);
    }

    internal void Check()
    {
        if (Horizon <= TimeSpan.Zero)
            throw new FittingException("horizon", $"{Horizon} is not above 0.", "Give how far ahead is foretold.");
        if (Grace < TimeSpan.Zero)
            throw new FittingException("grace", $"{Grace} is below 0.", "Give 0 or a longer time.");
    }

    private static DateTimeOffset Bounded(DateTimeOffset start, TimeSpan span) =>
        DateTimeOffset.MaxValue - start > span ? start + span : DateTimeOffset.MaxValue;

    private static string Days(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.###} days");
}
