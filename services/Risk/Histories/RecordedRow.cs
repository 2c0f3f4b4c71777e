using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>Reads again what was recorded under ids.</summary>
internal static class RecordedRow
{
    /// <summary>Refuses items whose ids are recorded with other content: each entry that recorded one is read once.</summary>
    public static async Task RefuseAsync(IJournals journals, string country, IEnumerable<ReusedId> reused, CancellationToken cancellationToken)
    {
        foreach (var entry in reused.GroupBy(item => item.Position))
        {
            var rows = entry.Key == 0 ? [] : await ReadAsync(journals, country, entry.Key, cancellationToken);
            foreach (var item in entry)
            {
                item.Refuse(item.Pending ?? rows.First(row => row.Id == item.Sent.Id));
            }
        }
    }

    private static async Task<ObservationRow[]> ReadAsync(IJournals journals, string country, long position, CancellationToken cancellationToken)
    {
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), position - 1, cancellationToken))
        {
            return EntryReader.Parse(stored.Payload).Observations is { } columns ? EntryReader.Rows(columns) : [];
        }

        return [];
    }
}
