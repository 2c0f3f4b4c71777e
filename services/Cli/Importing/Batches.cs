using System.Runtime.CompilerServices;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>Cuts a stream of items into batches within the suite's limits.</summary>
internal static class Batches
{
    /// <summary>A larger batch saves nothing more, and holds its answer back longer.</summary>
    public const int MostItems = 1000;

    // A tag, a length and the batch's own fields.
    private const int ItemOverhead = 8;
    private const int BatchOverhead = 64;

    public static async IAsyncEnumerable<Batch> CutAsync(
        IAsyncEnumerable<Item> items,
        Limits limits,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var mostItems = Math.Clamp(limits.MaxBatchItems, 1, MostItems);
        var mostBytes = limits.MaxMessageBytes > 0 ? limits.MaxMessageBytes : int.MaxValue;
        var batch = new List<Item>(mostItems);
        var bytes = BatchOverhead;
        await foreach (var item in items.WithCancellation(cancellation))
        {
            var size = item.Observation.CalculateSize() + ItemOverhead;
            if (batch.Count == mostItems || (batch.Count > 0 && bytes + size > mostBytes))
            {
                yield return new(batch);
                batch = new(mostItems);
                bytes = BatchOverhead;
            }

            batch.Add(item);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return new(batch);
        }
    }
}
