using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// How often each country had each rank. Counts are whole numbers, so it does not matter in which order threads add them.
/// </summary>
/// <param name="drawn">The draws.</param>
internal sealed class RankCounts(DrawnScores drawn)
{
    private readonly int[][] _counts = [.. drawn.Scores.Select(_ => new int[drawn.Scores.Length + 1])];

    /// <summary>Adds the draws of a block.</summary>
    /// <param name="workspace">The memory of the thread.</param>
    /// <param name="first">The first draw.</param>
    /// <param name="end">The draw after the last.</param>
    public void Add(Workspace workspace, int first, int end)
    {
        var ranking = workspace.Ranking;
        for (var draw = first; draw < end; draw++)
        {
            ranking.Take(drawn, draw);
            ranking.Run();
            for (var country = 0; country < _counts.Length; country++)
                Interlocked.Increment(ref _counts[country][ranking.Ranks[country]]);
        }
    }

    /// <summary>Describes the ranks of a country.</summary>
    /// <param name="country">The country's number.</param>
    /// <param name="nominal">Its rank by the point scores.</param>
    /// <param name="tail">The share of draws beyond each end of the interval.</param>
    public RankDistribution Of(int country, int nominal, double tail)
    {
        var counts = _counts[country];
        var (sum, draws) = (0L, 0L);
        for (var rank = 1; rank < counts.Length; rank++)
            (sum, draws) = (sum + ((long)rank * counts[rank]), draws + counts[rank]);
        return new RankDistribution(
            nominal,
            (double)sum / draws,
            Quantile(counts, draws, tail),
            Quantile(counts, draws, 0.5),
            Quantile(counts, draws, 1 - tail)
        );
    }

    /// <summary>A quantile of type 7; see <see cref="Numerics.Quantile"/>.</summary>
    private static double Quantile(int[] counts, long draws, double share)
    {
        var place = share * (draws - 1);
        var below = (long)place;
        var low = RankAt(counts, below);
        return low + ((place - below) * (RankAt(counts, Math.Min(below + 1, draws - 1)) - low));
    }

    private static int RankAt(int[] counts, long place)
    {
        var rank = 1;
        for (var before = (long)counts[1]; before <= place; before += counts[rank])
            rank++;
        return rank;
    }
}
