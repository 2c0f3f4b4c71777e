using System.IO.Hashing;
using System.Text;

namespace EarlyWarning.Risk.Observations;

/// <summary>The newest observations of a country by indicator, source and horizon.</summary>
internal sealed class SeriesTable
{
    private readonly Dictionary<string, IndicatorSeries> _indicators = new(StringComparer.Ordinal);

    public IReadOnlyCollection<IndicatorSeries> Indicators => _indicators.Values;

    /// <summary>How many series there are.</summary>
    public int Count { get; private set; }

    /// <summary>Sets up an indicator that is seen for the first time.</summary>
    public Action<IndicatorSeries>? Added { get; set; }

    public bool TryGet(string indicator, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IndicatorSeries? series) =>
        _indicators.TryGetValue(indicator, out series);

    /// <summary>Hashes an id in UTF-8.</summary>
    public static UInt128 IdHash(ReadOnlySpan<byte> id) => XxHash128.HashToUInt128(id);

    /// <summary>Takes in an observation of the past, which no resend can reach any more.</summary>
    public void ApplyPast(in ObservationRow row, long position)
    {
        var series = Get(row.Indicator, row.Source, row.Horizon);
        if (series.Apply(row, position) && row.Horizon == 0)
        {
            series.Indicator.Choose(series);
        }
    }

    /// <summary>
    /// Finds the row's series and hashes its id and content. A series that is not there is made for the row alone: the table has it only
    /// once the row is admitted, so that what is refused leaves nothing behind.
    /// </summary>
    public void Prepare(ref ObservationRow row)
    {
        var known = _indicators.TryGetValue(row.Indicator, out var indicator);
        var series = row.Series = indicator?.Find(row.Source, row.Horizon)
            ?? new(known ? indicator! : new(row.Indicator), row.Source, row.Horizon);
        Span<byte> bytes = stackalloc byte[256];
        row.IdHash = Encoding.UTF8.TryGetBytes(row.Id, bytes, out var length)
            ? IdHash(bytes[..length])
            : IdHash(Encoding.UTF8.GetBytes(row.Id));
        row.ContentHash = series.ContentHash(row);
    }

    /// <summary>Takes a prepared row's series into the table where it is not there yet.</summary>
    public void Admit(ref ObservationRow row)
    {
        if (!row.Series!.IsAdmitted)
        {
            row.Series = Get(row.Indicator, row.Source, row.Horizon);
        }
    }

    /// <summary>Gets a series, which is added where it is not there yet.</summary>
    public Series Get(string indicator, string source, long horizon)
    {
        if (!_indicators.TryGetValue(indicator, out var all))
        {
            _indicators.Add(indicator, all = new(indicator));
            Added?.Invoke(all);
        }

        if (all.Find(source, horizon) is { } known)
        {
            return known;
        }

        Count++;
        return all.Add(source, horizon);
    }
}
