using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>Lists recorded observations from the journal, newest observed first.</summary>
internal static class ObservationList
{
    public static async Task<IReadOnlyList<V1.Observation>> ReadAsync(
        IJournals journals, string country, ObservationQuery query, CancellationToken cancellationToken)
    {
        var filter = new Filter(query.Request);
        var found = new List<Found>();
        var current = new Dictionary<(string, string, long, long), int>();
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), 0, cancellationToken))
        {
            if (EntryReader.Parse(stored.Payload).Observations is not { } columns)
            {
                continue;
            }

            foreach (var row in EntryReader.Rows(columns))
            {
                var recorded = stored.RecordedAt.UtcTicks;
                if (!filter.Keeps(row, recorded))
                {
                    continue;
                }

                var key = (row.Source, row.Indicator, row.Observed, row.Horizon);
                if (!current.TryGetValue(key, out var best) || found[best].Row.Revision <= row.Revision)
                {
                    current[key] = found.Count;
                }

                found.Add(new(row, stored.Position, recorded, columns.Backfill));
            }
        }

        var isCurrent = current.Values.ToHashSet();
        return [.. found
            .Select((item, index) => (Item: item, Current: isCurrent.Contains(index)))
            .Where(pair => (query.Request.IncludeRevisions || pair.Current)
                && (query.Request.ObservationId.Length == 0 || pair.Item.Row.Id == query.Request.ObservationId))
            .OrderByDescending(pair => pair.Item.Row.Observed)
            .ThenByDescending(pair => pair.Item.Position)
            .ThenBy(pair => pair.Item.Row.Indicator, StringComparer.Ordinal)
            .ThenBy(pair => pair.Item.Row.Source, StringComparer.Ordinal)
            .Skip(query.Skip).Take(query.Take)
            .Select(pair => Observation(country, pair.Item, pair.Current))];
    }

    private static V1.Observation Observation(string country, Found found, bool current)
    {
        ref readonly var row = ref found.Row;
        var observation = new V1.Observation
        {
            ObservationId = row.Id,
            Country = country,
            Indicator = row.Indicator,
            Value = row.Value,
            ObservedAt = Times.Stamp(row.Observed),
            Source = row.Source,
            Revision = row.Revision,
            RecordedAt = Times.Stamp(found.Recorded),
            Backfill = found.Backfill,
            Position = found.Position,
            Current = current,
        };
        if (row.Horizon != 0)
        {
            observation.Horizon = Times.Span(row.Horizon);
        }

        if (row.KnownAt != 0)
        {
            observation.KnownAt = Times.Stamp(row.KnownAt);
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

    private sealed class Found(ObservationRow row, long position, long recorded, bool backfill)
    {
        public readonly ObservationRow Row = row;

        public long Position { get; } = position;

        public long Recorded { get; } = recorded;

        public bool Backfill { get; } = backfill;
    }

    /// <summary>What is kept whatever its revision; an id is looked at last, because it says nothing of which revision is current.</summary>
    private sealed class Filter(V1.ListObservationsRequest request)
    {
        private readonly long _from = request.ObservedFrom is { } from ? Times.Ticks(from) : long.MinValue;
        private readonly long _before = request.ObservedBefore is { } before ? Times.Ticks(before) : long.MaxValue;
        private readonly long _asOf = request.AsOf is { } asOf ? Times.Ticks(asOf) : long.MaxValue;

        public bool Keeps(in ObservationRow row, long recorded)
            => row.Observed >= _from && row.Observed < _before
            && row.KnownFrom(recorded) <= _asOf
            && (request.Indicator.Length == 0 || row.Indicator == request.Indicator)
            && (request.Source.Length == 0 || row.Source == request.Source);
    }
}
