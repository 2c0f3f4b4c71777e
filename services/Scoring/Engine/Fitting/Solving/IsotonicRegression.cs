namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// The non-decreasing row of values with the least weighted squared distance, by pooling adjacent violators. Source: M. Ayer, H. D. Brunk,
/// G. M. Ewing, W. T. Reid and E. Silverman, "An Empirical Distribution Function for Sampling with Incomplete Information", Annals of
/// Mathematical Statistics 26 (1955).
/// </summary>
internal static class IsotonicRegression
{
    public static IReadOnlyList<Pool> Blocks(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var blocks = new List<Pool>();
        for (var i = 0; i < values.Length; i++)
        {
            var block = new Pool(i, i + 1, weights[i], values[i] * weights[i]);

            // Equal neighbours are pooled too, so that the blocks' values rise strictly.
            while (blocks.Count > 0 && blocks[^1].Value >= block.Value)
            {
                var before = blocks[^1];
                block = new Pool(before.First, block.End, before.Weight + block.Weight, before.Sum + block.Sum);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>Neighbours that have one value.</summary>
    internal readonly record struct Pool(int First, int End, double Weight, double Sum)
    {
        public double Value => Sum / Weight;
    }
}
