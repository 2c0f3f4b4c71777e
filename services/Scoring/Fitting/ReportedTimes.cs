using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>
/// The moments at which countries were told of, event or not. Each tells of the time back to the moment before, at the country's usual
/// distance of moments and half as far again at most: a year without a value between two with one is not known.
/// </summary>
internal sealed class ReportedTimes
{
    private const double Longest = 1.5;
    private readonly Dictionary<string, (OutcomeEvent[] Moments, TimeSpan Most)> _countries;

    public ReportedTimes(IEnumerable<OutcomeEvent> told)
    {
        var countries = told.GroupBy(one => one.Country, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.OrderBy(moment => moment.Time).ToArray(), StringComparer.Ordinal);
        var everywhere = Usual([.. countries.Values.SelectMany(Gaps)]);
        _countries = countries.ToDictionary(
            one => one.Key,
            one => (one.Value, (Usual([.. Gaps(one.Value)]) ?? everywhere ?? TimeSpan.MaxValue / Longest) * Longest),
            StringComparer.Ordinal
        );
    }

    /// <summary>Every moment of every country.</summary>
    public IEnumerable<OutcomeEvent> All => _countries.Values.SelectMany(country => country.Moments);

    /// <summary>Whether what was told by a moment covers the whole of a time.</summary>
    public bool Cover(string country, EventWindow window, DateTimeOffset asOf)
    {
        if (!_countries.TryGetValue(country, out var told))
        {
            return false;
        }

        var reached = window.After;
        foreach (var one in told.Moments)
        {
            if (one.Time <= reached || one.Known > asOf)
            {
                continue;
            }

            if (one.Time - reached > told.Most)
            {
                return false;
            }

            reached = one.Time;
            if (reached >= window.End - HitDefinition.Near)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<TimeSpan> Gaps(OutcomeEvent[] moments) =>
        moments.Zip(moments.Skip(1), (earlier, later) => later.Time - earlier.Time).Where(gap => gap > TimeSpan.Zero);

    private static TimeSpan? Usual(TimeSpan[] gaps)
    {
        Array.Sort(gaps);
        return gaps.Length == 0 ? null : gaps[(gaps.Length - 1) / 2];
    }
}
