using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// The aggregations of one unit alone, over the children that it has. Source: OECD and JRC, Handbook (2008), section 6.3. Where COINr gives
/// nothing for a unit with a gap (a_genmean), the node's policy has already decided what counts.
/// </summary>
internal static class Averages
{
    /// <summary>So that weights which make one half on paper make it in floating point too.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>Aggregates.</summary>
    /// <param name="aggregation">Any but Copeland's, which needs other units.</param>
    /// <param name="values">What the unit has.</param>
    /// <param name="weights">Their weights; the sum is above 0.</param>
    /// <returns>The value.</returns>
    public static double Of(Aggregation aggregation, ReadOnlySpan<double> values, ReadOnlySpan<double> weights) => aggregation switch
    {
        ArithmeticMean => Mean(values, weights, Link.Identity),
        GeometricMean => Mean(values, weights, Link.Logarithm),
        HarmonicMean => Mean(values, weights, Link.Reciprocal),
        GeneralisedMean { Exponent: var exponent } => Mean(values, weights, Link.Power(exponent)),
        MedianChild => Median(values, weights),
        MinimumChild => Extreme(values, weights, -1),
        MaximumChild => Extreme(values, weights, 1),
        _ => throw new ArgumentException($"{aggregation.GetType().Name} is not of one unit alone.", nameof(aggregation)),
    };

    /// <summary>
    /// The child at which the weights of the children in rising order reach half of their sum, or the mean of it and the next where they meet
    /// half exactly.
    /// </summary>
    public static double Median(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        Span<int> order = values.Length <= 128 ? stackalloc int[values.Length] : new int[values.Length];
        var (count, total) = (0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (!(weights[i] > 0)) continue;
            total += weights[i];
            var place = count++;
            for (; place > 0 && values[order[place - 1]] > values[i]; place--) order[place] = order[place - 1];
            order[place] = i;
        }

        var reached = 0.0;
        for (var i = 0; i < count; i++)
        {
            reached += weights[order[i]];
            var past = (reached / total) - 0.5;
            if (past > Tolerance || i == count - 1) return values[order[i]];
            if (past >= -Tolerance) return (values[order[i]] + values[order[i + 1]]) / 2;
        }

        return double.NaN;
    }

    /// <summary>By the same steps as a live country's, so that equal units have the same bits.</summary>
    private static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Link link)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * link.Forward(values[i]);
            total += weights[i];
        }

        return link.Back(sum / total);
    }

    private static double Extreme(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int sign)
    {
        var extreme = double.NaN;
        for (var i = 0; i < values.Length; i++)
            if (weights[i] > 0 && !(sign * values[i] <= sign * extreme)) extreme = values[i];
        return extreme;
    }
}
