using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Desk;

/// <summary>Reads changes that are no longer in memory back from the journal, so that a watch resumes across restarts.</summary>
internal static class CaseHistory
{
    /// <summary>Reads changes after a position.</summary>
    public static async Task<List<RegisterChange<V1.Case>>> ReadAsync(IJournals journals, CaseBook book, long position, int take)
    {
        var found = new List<RegisterChange<V1.Case>>();
        await foreach (var entry in journals.ReadAsync(DeskWriter.JournalName, position, CancellationToken.None))
        {
            if (Change(entry) is { } change && Name(change) is { } name && book.Cases.TryGetValue(name, out var today))
            {
                found.Add(new(entry.Position, today.Before(change).Brief));
                if (found.Count == take)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static CaseChange? Change(JournalEntry entry)
    {
        try
        {
            return Record.Parser.ParseFrom(entry.Payload.Span) is { Format: CaseFold.Format } record ? record.Change : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string? Name(CaseChange change)
    {
        try
        {
            return V1.Case.Parser.ParseFrom(change.Case).Name;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
