using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Queries;

/// <summary>
/// Lists recorded observations from the journal, newest observed first. Reads the entries of the moments that are asked for, newest first,
/// until the page is full, and keeps no more than that page and those before it.
/// </summary>
internal static class ObservationList
{
    /// <summary>Reads a page.</summary>
    /// <param name="journals">Where the journal is.</param>
    /// <param name="blocks">The blocks of the journal; <see langword="null"/> where it has none, and is read through.</param>
    /// <param name="country">Whose journal.</param>
    /// <param name="query">Which observations.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<V1.Observation>> ReadAsync(
        IJournals journals,
        IStore? blocks,
        string country,
        ObservationQuery query,
        CancellationToken cancellationToken
    )
    {
        var request = query.Request;
        if (request.ObservationId.Length > 0)
        {
            // An id says nothing of which revision is current, so its natural key is what is listed.
            if (
                await FindAsync(journals, blocks, country, request.ObservationId, cancellationToken) is not { } row
                || (request.Indicator.Length > 0 && request.Indicator != row.Indicator)
                || (request.Source.Length > 0 && request.Source != row.Source)
            )
            {
                return [];
            }

            request = request.Clone();
            (request.Indicator, request.Source) = (row.Indicator, row.Source);
            var filter = new Filter(request);
            if (row.Observed < filter.From || row.Observed >= filter.Before)
            {
                return [];
            }

            return await ReadAsync(
                journals,
                blocks,
                country,
                query,
                filter with
                {
                    From = row.Observed,
                    Before = row.Observed + 1,
                },
                cancellationToken
            );
        }

        return await ReadAsync(journals, blocks, country, query, new Filter(request), cancellationToken);
    }

    private static async Task<IReadOnlyList<V1.Observation>> ReadAsync(
        IJournals journals,
        IStore? blocks,
        string country,
        ObservationQuery query,
        Filter filter,
        CancellationToken cancellationToken
    )
    {
        var (id, all) = (query.Request.ObservationId, query.Request.IncludeRevisions);
        var newest = new NewestObservations(
            id.Length > 0 ? int.MaxValue : Math.Min((long)query.Skip + query.Take, int.MaxValue),
            !all && id.Length == 0
        );
        foreach (
            var span in blocks is null
                ? [new(1, long.MaxValue, 0, long.MaxValue)]
                : await SpansAsync(blocks, country, filter, cancellationToken)
        )
        {
            if (span.Newest < newest.From)
            {
                break;
            }

            await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), span.First - 1, span.Last, cancellationToken))
            {
                if (EntryReader.Parse(stored.Payload).Observations is not { } columns)
                {
                    continue;
                }

                var recorded = stored.RecordedAt.UtcTicks;
                foreach (var row in EntryReader.Rows(columns))
                {
                    if (filter.Keeps(row, recorded))
                    {
                        newest.Add(new(row, stored.Position, recorded, columns.Backfill));
                    }
                }
            }

            newest.Tighten();
        }

        return
        [
            .. newest
                .Kept.Where(item => (all || newest.IsCurrent(item)) && (id.Length == 0 || item.Row.Id == id))
                .OrderByDescending(item => item.Row.Observed)
                .ThenByDescending(item => item.Position)
                .ThenBy(item => item.Row.Indicator, StringComparer.Ordinal)
                .ThenBy(item => item.Row.Source, StringComparer.Ordinal)
                .ThenBy(item => item.Row.Place)
                .Skip(query.Skip)
                .Take(query.Take)
                .Select(item => Observation(country, item, newest.IsCurrent(item))),
        ];
    }

    private static async Task<IReadOnlyList<BlockSpan>> SpansAsync(
        IStore blocks,
        string country,
        Filter filter,
        CancellationToken cancellationToken
    )
    {
        List<BlockSpan> spans = [];
        await foreach (var page in blocks.SpansAsync(country, filter.From, filter.Before, cancellationToken))
        {
            spans.AddRange(page);
        }

        spans.Sort(static (a, b) => b.Newest.CompareTo(a.Newest));
        return spans;
    }

    private static async Task<ObservationRow?> FindAsync(
        IJournals journals,
        IStore? blocks,
        string country,
        string id,
        CancellationToken cancellationToken
    )
    {
        var search = new Search();
        var hash = search.Seek(id);
        if (blocks is not null)
        {
            await CountryBlocks.FindAsync(blocks, journals, country, search, cancellationToken);
            if (search.Missed(hash) is { } fault)
            {
                throw fault;
            }
        }
        else
        {
            await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), 0, cancellationToken))
            {
                search.Take(stored);
            }
        }

        return search.Recorded(hash);
    }

    private static V1.Observation Observation(string country, RecordedObservation found, bool current)
    {
        ref readonly var row = ref found.Row;
        var observation = new V1.Observation
        {
            ObservationId = row.Id,
            Country = country,
            Indicator = row.Indicator,
            Value = row.Value,
            ObservedAt = Timestamps.Stamp(row.Observed),
            Source = row.Source,
            Revision = row.Revision,
            RecordedAt = Timestamps.Stamp(found.Recorded),
            Backfill = found.Backfill,
            Position = found.Position,
            Current = current,
        };
        if (row.Horizon != 0)
        {
            observation.Horizon = Timestamps.Span(row.Horizon);
        }

        if (row.KnownAt != 0)
        {
            observation.KnownAt = Timestamps.Stamp(row.KnownAt);
        }

        if (row.PrecisionKind == PrecisionKind.StandardError)
        {
            observation.StandardError = row.Precision;
        }
        else if (row.PrecisionKind == PrecisionKind.Confidence)
        {
            observation.Confidence = row.Precision;
        }

        return observation;
    }

    /// <summary>What is kept, whatever its revision.</summary>
    private sealed record Filter(V1.ListObservationsRequest Request)
    {
        private readonly long _asOf = Request.AsOf is { } asOf ? Timestamps.Ticks(asOf) : long.MaxValue;

        public long From { get; init; } = Request.ObservedFrom is { } from ? Timestamps.Ticks(from) : long.MinValue;

        public long Before { get; init; } = Request.ObservedBefore is { } before ? Timestamps.Ticks(before) : long.MaxValue;

        public bool Keeps(in ObservationRow row, long recorded) =>
            row.Observed >= From
            && row.Observed < Before
            && row.KnownFrom(recorded) <= _asOf
            && (Request.Indicator.Length == 0 || row.Indicator == Request.Indicator)
            && (Request.Source.Length == 0 || row.Source == Request.Source);
    }
}
