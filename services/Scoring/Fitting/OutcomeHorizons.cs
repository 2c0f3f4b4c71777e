namespace EarlyWarning.Scoring.Fitting;

/// <summary>
/// How far each period looks ahead. A horizon that ends within a day and a half of a later period's moment ends with it: a year is a year, of 365
/// days or of 366, and no event counts for two.
/// </summary>
internal sealed class OutcomeHorizons
{
    /// <summary>What a calendar makes of equal spans.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(36);

    private readonly DateTimeOffset[] _ends;

    public OutcomeHorizons(IReadOnlyList<DateTimeOffset> times, TimeSpan horizon)
    {
        Times = times;
        _ends = [.. times.Select(time =>
        {
            var end = time + horizon;
            return times.Where(later => later > time && (later - end).Duration() <= Near).Cast<DateTimeOffset?>().MinBy(later => (later!.Value - end).Duration()) ?? end;
        })];
        for (var i = 0; i < _ends.Length; i++)
        {
            for (var later = i + 1; later < _ends.Length; later++)
            {
                if (times[later] >= _ends[i])
                {
                    Lead = Math.Max(Lead, later - i);
                    break;
                }
            }
        }
    }

    /// <summary>The periods' moments.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>After how many periods an outcome is known at the latest; at least 1.</summary>
    public int Lead { get; } = 1;

    /// <summary>Until when an event counts for a period.</summary>
    public DateTimeOffset End(int period) => _ends[period];
}
