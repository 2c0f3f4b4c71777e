using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Sequences;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Grains;

/// <summary>Commits what was decided, and tells those who watch cases. Thread-safe.</summary>
internal sealed partial class CaseCommits(
    IStore store,
    [FromKeyedServices(CaseRows.Changes)] ChangeSequence sequence,
    EscalationMetrics metrics,
    TimeProvider time,
    ILogger<CaseCommits> logger
)
{
    private const int MostTries = 5;

    /// <summary>Decides and commits; where the case was changed in between, once more.</summary>
    /// <returns>Whether a case was changed.</returns>
    /// <exception cref="StoreConflictException">It was changed in between again and again.</exception>
    public async Task<bool> DecideAsync(string country, Func<Task<CaseWrite>> decide)
    {
        for (var tries = 1; ; tries++)
        {
            var (unit, change) = await decide();
            if (change is not null)
            {
                unit.Record(change, store.Identity.Epoch, time.GetUtcNow(), sequence);
            }

            try
            {
                if (!unit.IsEmpty)
                {
                    await store.CommitAsync(unit, CancellationToken.None);
                }

                Tell(change);
                return change is not null;
            }
            catch (StoreConflictException conflict) when (tries < MostTries)
            {
                LogDecidedAgain(country, conflict.Message);
            }
        }
    }

    private void Tell(CaseChange? change)
    {
        if (change is not null)
        {
            metrics.Changed(change.News.Count(news => !news.IsSettled));
            sequence.Signal();
        }
    }

    [LoggerMessage(4101, LogLevel.Information, "A case of {Country} was changed meanwhile and is decided upon again: {Reason}")]
    private partial void LogDecidedAgain(string country, string reason);
}
