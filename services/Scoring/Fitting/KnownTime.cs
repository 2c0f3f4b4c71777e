using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>The time of which outcomes are known at most.</summary>
/// <param name="From">Since when; <see langword="null"/> without a bound.</param>
/// <param name="Until">Until when.</param>
internal sealed record KnownTime(DateTimeOffset? From, DateTimeOffset Until)
{
    /// <summary>Whether a country was a State in a year; of one that was not there is no outcome.</summary>
    public Func<string, int, bool> Existed { get; init; } = (_, _) => true;

    /// <summary>
    /// Whether outcomes of a country may be known over a whole time. A year stands for its last day, so a day and a half do not count.
    /// </summary>
    public bool Holds(string country, EventWindow window)
    {
        if (window.End - HitDefinition.Near > Until || (From is { } from && window.After + HitDefinition.Near < from))
        {
            return false;
        }

        var (first, last) = ((window.After + HitDefinition.Near).Year, (window.End - HitDefinition.Near).Year);
        return first >= last ? Existed(country, first) : Enumerable.Range(first, last - first + 1).All(year => Existed(country, year));
    }
}
