using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Queries;

/// <summary>Which past is asked for.</summary>
/// <param name="At">Where validity is measured; what was observed later does not count.</param>
/// <param name="AsOf">What was known then; <see langword="null"/> for everything that is known now.</param>
/// <param name="CatalogueRevision">The catalogue to score under; <see langword="null"/> for the one of <paramref name="AsOf"/>.</param>
internal sealed record PastMoment(DateTimeOffset At, DateTimeOffset? AsOf, long? CatalogueRevision);

/// <summary>
/// Folds a past state from the journal, apart from the present one. A backfilled observation whose sender said when the world could know it
/// counts from then on, others from when they were recorded.
/// </summary>
internal static class PastState
{
    public static async Task<CountryState> ReadAsync(
        IJournals journals,
        string country,
        StateFactory states,
        PastMoment past,
        CancellationToken cancellationToken
    )
    {
        var asOf = past.AsOf?.UtcTicks ?? long.MaxValue;
        var at = past.At.UtcTicks;
        var state = states.New(country, resendWindow: 1);
        long revision = 0;
        await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), 0, cancellationToken))
        {
            var entry = EntryReader.Parse(stored.Payload);
            var recorded = stored.RecordedAt.UtcTicks;
            if (entry.InputCase == CountryEntry.InputOneofCase.CatalogueRevision)
            {
                // A past from before the first catalogue is scored under that one.
                revision = revision == 0 || recorded <= asOf ? entry.CatalogueRevision : revision;
            }
            else if (entry.InputCase == CountryEntry.InputOneofCase.Observations)
            {
                foreach (var row in EntryReader.Rows(entry.Observations))
                {
                    if (row.Observed <= at && row.KnownFrom(recorded) <= asOf)
                    {
                        state.ApplyPast(row, stored.Position);
                    }
                }
            }

            if (recorded <= asOf)
            {
                state.Note(stored.Position, recorded);
            }
        }

        state.ScorePast(
            at,
            past.CatalogueRevision
                ?? (past.AsOf is null || revision == 0 ? Math.Max(revision, states.Catalogue.Current.Revision) : revision)
        );
        return state;
    }
}
