using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>Has the suite check every value and record nothing.</summary>
internal sealed class DryRun(CommandContext context, Limits limits, bool backfill, Tally tally)
{
    /// <summary>Checks the items; those that the suite cannot check yet count as sound where they could be read.</summary>
    public async Task RunAsync(IAsyncEnumerable<Item> items, Func<Item, bool> isReadOnly, CancellationToken cancellation)
    {
        await foreach (var batch in Batches.CutAsync(Known(items, isReadOnly), limits, cancellation))
        {
            var answer = await context.Suite.Observations.RecordObservationsAsync(
                new()
                {
                    Observations = { batch.Items.Select(item => item.Observation) },
                    Backfill = backfill,
                    ValidateOnly = true,
                },
                cancellationToken: cancellation
            );
            var problems = answer.Problems.ToLookup(problem => problem.Index);
            for (var index = 0; index < batch.Items.Count; index++)
            {
                Count(
                    batch.Items[index],
                    index < answer.Outcomes.Count ? answer.Outcomes[index] : Outcome.Retry,
                    Answers.Joined(problems[index])
                );
            }
        }
    }

    private async IAsyncEnumerable<Item> Known(IAsyncEnumerable<Item> items, Func<Item, bool> isReadOnly)
    {
        await foreach (var item in items)
        {
            if (isReadOnly(item))
            {
                tally.Recorded++;
            }
            else
            {
                yield return item;
            }
        }
    }

    private void Count(Item item, Outcome outcome, ItemProblem? problem)
    {
        switch (outcome)
        {
            // A check answers a sound item with no outcome: nothing became of it.
            case Outcome.Unspecified or Outcome.Recorded:
                tally.Recorded++;
                break;
            case Outcome.Duplicate:
                tally.Duplicates++;
                break;
            case Outcome.Rejected:
                tally.Reject(Answers.Rejected(item, problem));
                break;
            default:
                throw new CliException(
                    $"the suite cannot check now: {problem?.Message} ({problem?.Reason}). See `ew status`.",
                    ExitCode.Failed
                );
        }
    }
}
