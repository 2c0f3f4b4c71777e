using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>Reads how a score changed from the outcomes in the journal: as it was said then, whatever the engine says now.</summary>
internal static class ScoreHistory
{
    /// <summary>Lists the changes of a span, newest first; keeps no more than the page and those that are newer.</summary>
    public static async Task<IReadOnlyList<V1.RiskChange>> ReadAsync(
        IJournals journals,
        string country,
        string framework,
        long from,
        long before,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        var newest = new Queue<V1.RiskChange>();
        var count = (long)skip + take;
        long input = 0;
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), 0, cancellationToken))
        {
            var entry = EntryReader.Parse(stored.Payload);
            input = entry.InputCase == Entry.InputOneofCase.None ? input : stored.RecordedAt.UtcTicks;
            if (input >= before)
            {
                break;
            }

            foreach (var score in entry.Outcome?.Scores ?? [])
            {
                if (score.Framework == framework && input >= from)
                {
                    newest.Enqueue(Change(score, entry.Outcome!.Covers, input));
                    if (newest.Count > count)
                    {
                        newest.Dequeue();
                    }
                }
            }
        }

        return [.. newest.Reverse().Skip(skip)];
    }

    public static V1.RiskChange Change(ScoreRecord record, long position, long time)
    {
        var change = new V1.RiskChange
        {
            Time = Times.Stamp(time),
            Revision = position,
            State = record.HasScore ? V1.DataState.Sufficient : V1.DataState.Insufficient,
            Level = record.Level,
            DecidingNode = record.DecidingNode,
            LevelAtLeast = record.LevelAtLeast,
            Coverage = record.Coverage,
            Framework = Names.Version(record.Framework, record.Version),
        };
        if (record.HasScore)
        {
            change.Score = record.Score;
        }

        return change;
    }
}
