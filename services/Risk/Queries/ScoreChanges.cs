using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Queries;

/// <summary>Which changes are asked for.</summary>
/// <param name="Framework">The framework's id.</param>
/// <param name="From">From when on; <see langword="null"/> for the first.</param>
/// <param name="Before">Until when; <see langword="null"/> for the last.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give.</param>
internal sealed record ScoreChangesQuery(string Framework, DateTimeOffset? From, DateTimeOffset? Before, int Skip, int Take);

/// <summary>Reads how a score changed from the outcomes in the journal: as it was said then, whatever the engine says now.</summary>
internal static class ScoreChanges
{
    /// <summary>Lists the changes of a span, newest first; keeps no more than the page and those that are newer.</summary>
    public static async Task<IReadOnlyList<V1.RiskChange>> ReadAsync(
        IJournals journals,
        string country,
        ScoreChangesQuery query,
        CancellationToken cancellationToken
    )
    {
        var newest = new Queue<V1.RiskChange>();
        var count = (long)query.Skip + query.Take;
        var (from, before) = (query.From?.UtcTicks ?? 0, query.Before?.UtcTicks ?? long.MaxValue);
        long input = 0;
        await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), 0, cancellationToken))
        {
            var entry = EntryReader.Parse(stored.Payload);
            input = entry.InputCase == CountryEntry.InputOneofCase.None ? input : stored.RecordedAt.UtcTicks;
            if (input >= before)
            {
                break;
            }

            foreach (var score in entry.Outcome?.Scores ?? [])
            {
                if (score.Framework == query.Framework && input >= from)
                {
                    newest.Enqueue(Change(score, entry.Outcome!.Covers, input));
                    if (newest.Count > count)
                    {
                        newest.Dequeue();
                    }
                }
            }
        }

        return [.. newest.Reverse().Skip(query.Skip)];
    }

    public static V1.RiskChange Change(ScoreRecord record, long position, long time)
    {
        var change = new V1.RiskChange
        {
            Time = Timestamps.Stamp(time),
            Revision = position,
            State = record.HasScore ? V1.DataState.Sufficient : V1.DataState.Insufficient,
            Level = record.Level,
            DecidingNode = record.DecidingNode,
            LevelAtLeast = record.LevelAtLeast,
            Coverage = record.Coverage,
            Framework = ResourceNames.Version(record.Framework, record.Version),
        };
        if (record.HasScore)
        {
            change.Score = record.Score;
        }

        return change;
    }
}
