using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Has the suite check every batch and record nothing.</summary>
internal static class DryRun
{
    /// <summary>Reads every batch, and counts as sound what could be read.</summary>
    public static async Task ReadAsync(IAsyncEnumerable<Batch> batches, Tally tally)
    {
        await foreach (var batch in batches)
        {
            tally.Recorded += batch.Items.Count;
        }
    }

    public static async Task SendAsync(Session session, IAsyncEnumerable<Batch> batches, bool backfill, Tally tally, CancellationToken cancellation)
    {
        await foreach (var batch in batches)
        {
            var answer = await session.Suite.Observations.RecordObservationsAsync(
                new() { Observations = { batch.Items.Select(item => item.Observation) }, Backfill = backfill, ValidateOnly = true },
                cancellationToken: cancellation);
            if (Answers.Count(batch, answer.Outcomes, answer.Problems, tally) is [var (_, problem), ..])
            {
                throw new CliException($"the suite cannot check now: {problem?.Message} ({problem?.Reason}). See `ew status`.", ExitCode.Failed);
            }
        }
    }
}
