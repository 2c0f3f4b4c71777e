using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Queries;

/// <summary>
/// Tells the values that counted at moments: from the present series, or from the journal in one pass over rising moments, which keeps one
/// observation of a series for each.
/// </summary>
internal static class ValueTable
{
    public static ObservedValues Present(SeriesTable series, ValuesQuery query, long revision, long now)
    {
        var table = new Table(query.Indicators, 1);
        table.Fill(series, now);
        return table.Done(revision);
    }

    public static async Task<ObservedValues> ReadAsync(
        IJournals journals,
        string country,
        CatalogueSnapshot catalogue,
        ValuesQuery query,
        CancellationToken cancellationToken
    )
    {
        var wanted = query.Indicators.Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        var asOf = query.AsKnown ? long.MaxValue : query.AsOf?.UtcTicks ?? long.MaxValue;
        var newest = new NewestByMoment([.. query.Times.Select(time => time.UtcTicks)]);
        var revision = 0L;
        await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), 0, cancellationToken))
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
                    newest.Add(query.AsKnown ? Math.Max(row.Observed, known) : row.Observed, stored.Position, row);
                }
            }
        }

        var series = new SeriesTable { Added = indicator => indicator.TakeRange(catalogue) };
        var table = new Table(query.Indicators, query.Times.Count);
        for (var moment = 0; moment < query.Times.Count; moment++)
        {
            // Which observation is the newest does not depend on the order in which they are taken in: a series compares what it has.
            foreach (var (position, row) in newest.At(moment))
            {
                series.ApplyPast(row, position);
            }

            table.Fill(series, query.Times[moment].UtcTicks);
        }

        return table.Done(revision);
    }

    /// <summary>
    /// What begins to count between two moments, by the later one: of each series the newest alone, because no other is seen at that moment
    /// or after.
    /// </summary>
    private sealed class NewestByMoment(long[] moments)
    {
        private readonly Dictionary<(string Indicator, string Source), (long Position, ObservationRow Row)>?[] _newest = new Dictionary<
            (string Indicator, string Source),
            (long Position, ObservationRow Row)
        >?[moments.Length];

        /// <summary>Never equal, so that a search ends before the first moment that is not earlier.</summary>
        private static readonly Comparer<long> s_firstNotBefore = Comparer<long>.Create(static (moment, from) => moment < from ? -1 : 1);

        public void Add(long from, long position, in ObservationRow row)
        {
            var moment = ~Array.BinarySearch(moments, from, s_firstNotBefore);
            if (moment == moments.Length)
            {
                return;
            }

            ref var best = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _newest[moment] ??= [],
                (row.Indicator, row.Source),
                out var known
            );
            if (
                !known
                || (row.Observed, row.Revision, position, row.Place).CompareTo(
                    (best.Row.Observed, best.Row.Revision, best.Position, best.Row.Place)
                ) > 0
            )
            {
                best = (position, row);
            }
        }

        public IEnumerable<(long Position, ObservationRow Row)> At(int moment) =>
            _newest[moment]?.Values ?? Enumerable.Empty<(long, ObservationRow)>();
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
                var counts =
                    chosen is not null && Validity.End(chosen.Observed, Validity.Of(validity)) > clock && double.IsFinite(chosen.Value);
                _values[_next] = counts ? chosen!.Value : double.NaN;
                _errors[_next++] = counts ? chosen!.StatedError ?? double.NaN : double.NaN;
            }
        }

        public ObservedValues Done(long revision) => new(revision, _values, _errors);
    }
}
