using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>Tells the values that counted at moments: from the present series, or from the journal in one pass over rising moments.</summary>
internal static class ValueTable
{
    public static CountryValues Present(SeriesTable series, ValuesQuery query, long revision, long now)
    {
        var table = new Table(query.Indicators, 1);
        table.Fill(series, now);
        return table.Done(revision);
    }

    public static async Task<CountryValues> ReadAsync(
        IJournals journals, string country, CatalogueSnapshot catalogue, ValuesQuery query, CancellationToken cancellationToken)
    {
        var wanted = query.Indicators.Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        var asOf = query.AsKnown ? long.MaxValue : query.AsOf?.UtcTicks ?? long.MaxValue;
        var rows = new List<(long From, long Position, ObservationRow Row)>();
        var revision = 0L;
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), 0, cancellationToken))
        {
            revision = stored.Position;
            if (EntryReader.Parse(stored.Payload).Observations is not { } columns)
            {
                continue;
            }

            foreach (var row in EntryReader.Rows(columns))
            {
                var known = row.KnownFrom(stored.RecordedAt.UtcTicks);
                if (row.Horizon == 0 && known <= asOf && wanted.Contains(row.Indicator))
                {
                    rows.Add((query.AsKnown ? Math.Max(row.Observed, known) : row.Observed, stored.Position, row));
                }
            }
        }

        // Which observation is the newest does not depend on the order in which they are taken in: a series compares what it has.
        rows.Sort((a, b) => a.From.CompareTo(b.From));
        var series = new SeriesTable { Added = indicator => indicator.TakeRange(catalogue) };
        var table = new Table(query.Indicators, query.Times.Count);
        var next = 0;
        foreach (var time in query.Times)
        {
            for (; next < rows.Count && rows[next].From <= time.UtcTicks; next++)
            {
                series.ApplyPast(rows[next].Row, rows[next].Position);
            }

            table.Fill(series, time.UtcTicks);
        }

        return table.Done(revision);
    }

    private sealed class Table(IReadOnlyList<WantedIndicator> indicators, int times)
    {
        private readonly double[] _values = new double[indicators.Count * times];
        private readonly double[] _errors = new double[indicators.Count * times];
        private int _next;

        public void Fill(SeriesTable series, long clock)
        {
            foreach (var (code, validity) in indicators)
            {
                var chosen = series.TryGet(code, out var indicator) ? indicator.Chosen : null;
                var counts = chosen is not null && Ends.Of(chosen.Observed, Ends.Ticks(validity)) > clock && double.IsFinite(chosen.Value);
                _values[_next] = counts ? chosen!.Value : double.NaN;
                _errors[_next++] = counts ? chosen!.StatedError ?? double.NaN : double.NaN;
            }
        }

        public CountryValues Done(long revision) => new(revision, _values, _errors);
    }
}
