using System.IO.Hashing;
using System.Text;

namespace EarlyWarning.Risk.Countries;

/// <summary>The newest observations of a country by indicator, source and horizon.</summary>
internal sealed class SeriesTable
{
    private readonly Dictionary<string, IndicatorSeries> _indicators = new(StringComparer.Ordinal);

    public IReadOnlyCollection<IndicatorSeries> Indicators => _indicators.Values;

    /// <summary>Sets up an indicator that is seen for the first time.</summary>
    public Action<IndicatorSeries>? Added { get; set; }

    public bool TryGet(string indicator, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IndicatorSeries? series)
        => _indicators.TryGetValue(indicator, out series);

    public IndicatorSeries Get(string indicator)
    {
        if (!_indicators.TryGetValue(indicator, out var series))
        {
            _indicators.Add(indicator, series = new(indicator));
            Added?.Invoke(series);
        }

        return series;
    }

    /// <summary>Takes in an observation of the past, which no resend can reach any more.</summary>
    public void ApplyPast(in ObservationRow row, long position)
    {
        var series = Get(row.Indicator).Get(row.Source, row.Horizon);
        if (series.Apply(row, position) && row.Horizon == 0)
        {
            series.Indicator.Choose(series);
        }
    }

    /// <summary>Finds the row's series and hashes its id and content.</summary>
    public void Prepare(ref ObservationRow row)
    {
        var series = row.Series = Get(row.Indicator).Get(row.Source, row.Horizon);
        Span<byte> bytes = stackalloc byte[256];
        row.IdHash = Encoding.UTF8.TryGetBytes(row.Id, bytes, out var length)
            ? XxHash128.HashToUInt128(bytes[..length])
            : XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(row.Id));
        row.ContentHash = series.ContentHash(row);
    }
}
