using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>Reads how a score changed from the outcomes in the journal: as it was said then, whatever the engine says now.</summary>
internal static class ScoreHistory
{
    /// <summary>Lists the changes, oldest first.</summary>
    public static async Task<List<V1.RiskChange>> ReadAsync(IJournals journals, string country, string framework, CancellationToken cancellationToken)
    {
        var changes = new List<V1.RiskChange>();
        long input = 0;
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), 0, cancellationToken))
        {
            var entry = EntryReader.Parse(stored.Payload);
            input = entry.InputCase == Entry.InputOneofCase.None ? input : stored.RecordedAt.UtcTicks;
            foreach (var score in entry.Outcome?.Scores ?? [])
            {
                if (score.Framework == framework)
                {
                    changes.Add(Change(score, entry.Outcome!.Covers, input));
                }
            }
        }

        return changes;
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
