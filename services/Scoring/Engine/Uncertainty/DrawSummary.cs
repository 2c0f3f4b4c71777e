using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>Makes distributions of drawn scores: each country's on its own, in the order of the draws.</summary>
/// <param name="model">What was drawn.</param>
/// <param name="options">What is asked.</param>
/// <param name="ranks">The ranks; null for one country alone.</param>
internal sealed class DrawSummary(DrawModel model, MonteCarloOptions options, RankCounts? ranks)
{
    private readonly double _tail = (1 - options.Confidence) / 2;

    /// <summary>Describes all countries.</summary>
    /// <param name="codes">Their codes.</param>
    /// <param name="drawn">The draws; scores are sorted in the end.</param>
    /// <param name="cancellation">Ends early.</param>
    public ImmutableArray<CountryDistribution> Of(ImmutableArray<string> codes, DrawnScores drawn, CancellationToken cancellation)
    {
        var nominal = new CountryRanker(codes.Length);
        for (var country = 0; country < codes.Length; country++)
            (nominal.Scores[country], nominal.Levels[country]) = (
                model.Countries[country].Nominal ?? double.NaN,
                model.Countries[country].Level
            );
        nominal.Run();
        var distributions = new CountryDistribution[codes.Length];
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Threads == 0 ? -1 : options.Threads,
        };
        Parallel.For(0, codes.Length, parallel, country =>
            distributions[country] = Of(codes[country], country, drawn, nominal.Ranks[country])
        );
        return [.. distributions];
    }

    private CountryDistribution Of(string code, int country, DrawnScores drawn, int nominalRank)
    {
        var all = drawn.Scores[country];
        var levels = drawn.Levels is null ? null : Counts(all, drawn.Levels[country]);
        var count = Keep(all);
        var nominal = model.Countries[country].Nominal;
        if (nominal is null || count == 0)
            return new CountryDistribution(code, nominal, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, [], [], null);
        var scores = all.AsSpan(0, count);
        var (mean, deviation) = Moments(scores);
        scores.Sort();
        return new CountryDistribution(
            code,
            nominal,
            count,
            mean,
            deviation,
            Quantile.OfSorted(scores, _tail),
            Quantile.OfSorted(scores, 0.5),
            Quantile.OfSorted(scores, 1 - _tail),
            levels is null ? Levels(scores) : [.. levels.Select(hits => ProbabilityEstimate.Of(hits, count))],
            AtLeast(scores),
            ranks?.Of(country, nominalRank, _tail)
        );
    }

    /// <summary>How often each level was drawn, where it does not follow from the score.</summary>
    private int[] Counts(double[] scores, byte[] levels)
    {
        var counts = new int[model.Nominal.BandBounds.Length];
        for (var draw = 0; draw < scores.Length; draw++)
            if (!double.IsNaN(scores[draw]))
                counts[levels[draw]]++;
        return counts;
    }

    /// <summary>Moves the scores that there are to the front, in their order.</summary>
    private static int Keep(double[] scores)
    {
        var count = 0;
        foreach (var score in scores)
            if (!double.IsNaN(score))
                scores[count++] = score;
        return count;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> scores)
    {
        // Sums of distances from a score, which lose nothing where all scores are the same.
        var origin = scores[0];
        double sum = 0,
            squares = 0;
        foreach (var score in scores)
            sum += score - origin;
        var mean = origin + (sum / scores.Length);
        foreach (var score in scores)
            squares += (score - mean) * (score - mean);
        return (mean, scores.Length < 2 ? double.NaN : Math.Sqrt(squares / (scores.Length - 1)));
    }

    private ImmutableArray<ProbabilityEstimate> Levels(ReadOnlySpan<double> sorted)
    {
        // The lowest level holds for scores below it too: uncapped values may leave the scale.
        var bounds = model.Nominal.BandBounds;
        var levels = ImmutableArray.CreateBuilder<ProbabilityEstimate>(bounds.Length);
        for (var level = 0; level < bounds.Length; level++)
        {
            var from = level == 0 ? 0 : Below(sorted, bounds[level]);
            var to = level + 1 < bounds.Length ? Below(sorted, bounds[level + 1]) : sorted.Length;
            levels.Add(ProbabilityEstimate.Of(to - from, sorted.Length));
        }

        return levels.ToImmutable();
    }

    private ImmutableArray<ProbabilityEstimate> AtLeast(ReadOnlySpan<double> sorted)
    {
        var probabilities = ImmutableArray.CreateBuilder<ProbabilityEstimate>(options.AtLeast.Length);
        foreach (var value in options.AtLeast)
            probabilities.Add(ProbabilityEstimate.Of(sorted.Length - Below(sorted, value), sorted.Length));
        return probabilities.ToImmutable();
    }

    /// <summary>How many of the scores lie below a value.</summary>
    private static int Below(ReadOnlySpan<double> sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
