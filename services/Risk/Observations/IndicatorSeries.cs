using EarlyWarning.Catalogue;

namespace EarlyWarning.Risk.Observations;

/// <summary>
/// All sources of one indicator. The newest observation is used; of two that were observed at the same moment, the one whose source comes
/// first by name, which does not depend on the order of arrival.
/// </summary>
internal sealed class IndicatorSeries(string code)
{
    private readonly List<Series> _present = [];
    private List<Series>? _forecasts;

    public string Code { get; } = code;

    /// <summary>Half the width of the indicator's range; 0 where it has none.</summary>
    public double HalfRange { get; private set; }

    /// <summary>By framework: the leaf that the indicator is in it, or -1.</summary>
    public int[] Leaves { get; set; } = [];

    /// <summary>The series whose newest observation is used; it may be out of date.</summary>
    public Series? Chosen { get; private set; }

    public IReadOnlyList<Series> Present => _present;

    public IReadOnlyList<Series> Forecasts => _forecasts ?? [];

    public void TakeRange(CatalogueSnapshot catalogue) =>
        HalfRange =
            catalogue.Indicators.TryGetValue(Code, out var definition) && definition is { HasMinimum: true, HasMaximum: true }
                ? (definition.Maximum - definition.Minimum) / 2
                : 0;

    /// <summary>Looks for a series.</summary>
    public Series? Find(string source, long horizon)
    {
        foreach (var series in horizon == 0 ? _present : _forecasts ?? [])
        {
            if (series.Horizon == horizon && series.Source == source)
            {
                return series;
            }
        }

        return null;
    }

    /// <summary>Adds a series that is not there yet.</summary>
    public Series Add(string source, long horizon)
    {
        var added = new Series(this, source, horizon) { IsAdmitted = true };
        (horizon == 0 ? _present : _forecasts ??= []).Add(added);
        return added;
    }

    /// <summary>The sources that report it.</summary>
    public IEnumerable<string> Sources => _present.Concat(Forecasts).Select(series => series.Source).Distinct(StringComparer.Ordinal);

    /// <summary>How far ahead forecasts of it lie.</summary>
    public IEnumerable<long> Horizons => Forecasts.Select(series => series.Horizon).Distinct();

    /// <summary>Chooses again after a present series has a new newest observation; returns whether that is the one in use.</summary>
    public bool Choose(Series series)
    {
        if (
            ReferenceEquals(Chosen, series)
            || Chosen is null
            || series.Observed > Chosen.Observed
            || (series.Observed == Chosen.Observed && string.CompareOrdinal(series.Source, Chosen.Source) < 0)
        )
        {
            Chosen = series;
            return true;
        }

        return false;
    }

    /// <summary>
    /// The forecast in use at a moment: the newest that still counts, then the nearest horizon. A forecast counts as long as its
    /// indicator's observations do, and not beyond the moment that it speaks of.
    /// </summary>
    public Series? ChooseForecast(long clock, long validity, out long until)
    {
        Series? best = null;
        until = long.MaxValue;
        foreach (var series in Forecasts)
        {
            var end = Validity.End(series.Observed, Math.Min(validity, series.Horizon));
            if (!series.IsEmpty && end > clock && (best is null || IsBefore(series, best)))
            {
                (best, until) = (series, end);
            }
        }

        return best;
    }

    private static bool IsBefore(Series a, Series b) =>
        a.Observed != b.Observed ? a.Observed > b.Observed
        : a.Horizon != b.Horizon ? a.Horizon < b.Horizon
        : string.CompareOrdinal(a.Source, b.Source) < 0;
}
