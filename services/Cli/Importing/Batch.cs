using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>Items that are sent and answered together.</summary>
internal sealed record Batch(IReadOnlyList<Item> Items)
{
    /// <summary>When it was first answered with "send again"; nothing before.</summary>
    public DateTimeOffset? FirstPutOff { get; init; }

    /// <summary>How often it has been put off.</summary>
    public int Attempts { get; init; }

    public StreamObservationsRequest RequestFor(long sequence, bool backfill) =>
        new()
        {
            Sequence = sequence,
            Backfill = backfill,
            Observations = { Items.Select(item => item.Observation) },
        };
}
