using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// The aggregations of one unit alone, over the children that it has. Source: OECD and JRC, Handbook (2008), section 6.3. Where COINr gives
/// nothing for a unit with a gap (a_genmean), the node's policy has already decided what counts.
/// </summary>
internal static class Averages
{
    /// <summary>Aggregates.</summary>
    /// <param name="aggregation">Any but Copeland's, which needs other units.</param>
    /// <param name="values">What the unit has.</param>
    /// <param name="weights">Their weights; the sum is above 0.</param>
    /// <returns>The value.</returns>
    public static double Of(Aggregation aggregation, ReadOnlySpan<double> values, ReadOnlySpan<double> weights) =>
        aggregation switch
        {
            ArithmeticMean => Mean(values, weights, Link.Identity),
            GeometricMean => Mean(values, weights, Link.Logarithm),
            HarmonicMean => Mean(values, weights, Link.Reciprocal),
            GeneralisedMean { Exponent: var exponent } => Mean(values, weights, Link.Power(exponent)),
            MedianChild => OrderStatistics.Median(values, weights),
            MinimumChild => OrderStatistics.Least(values, weights),
            MaximumChild => OrderStatistics.Greatest(values, weights),
            _ => throw new ArgumentException($"{aggregation.GetType().Name} is not of one unit alone.", nameof(aggregation)),
        };

    /// <summary>By the same steps as a live country's, so that equal units have the same bits.</summary>
    private static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Link link)
    {
        double sum = 0,
            total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * link.Forward(values[i]);
            total += weights[i];
        }

        return link.Back(sum / total);
    }
}
