using System.Runtime.Intrinsics;
using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// What the nodes of a tree do with their children, over blocks of draws: the same as an <see cref="AggregateState"/> does with one,
/// operation for operation, so that what is level there is level here. Terms stand one child's block after the other's.
/// </summary>
internal static class Aggregates
{
    private const int Block = Workspace.Block;

    /// <summary>Σ w·x / Σ w with fixed weights.</summary>
    public static void Mean(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights, Span<double> means)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        for (var lane = 0; lane < Block; lane += Vector512<double>.Count)
        {
            var sum = Vector512<double>.Zero;
            for (var i = 0; i < weights.Length; i++)
                sum += Vector512.Create(weights[i]) * Vector512.LoadUnsafe(in terms[(i * Block) + lane]);
            (sum / Vector512.Create(total)).StoreUnsafe(ref means[lane]);
        }
    }

    /// <summary>Σ w·x / Σ w where some weights are drawn.</summary>
    public static void Mean(
        ReadOnlySpan<double> terms,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> numbers,
        ReadOnlySpan<double> drawn,
        Span<double> means
    )
    {
        for (var lane = 0; lane < Block; lane += Vector512<double>.Count)
        {
            var (sum, total) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var i = 0; i < weights.Length; i++)
            {
                var weight = numbers[i] < 0 ? Vector512.Create(weights[i]) : Vector512.LoadUnsafe(in drawn[(numbers[i] * Block) + lane]);
                sum += weight * Vector512.LoadUnsafe(in terms[(i * Block) + lane]);
                total += weight;
            }

            (sum / total).StoreUnsafe(ref means[lane]);
        }
    }

    /// <summary>A regression's sum; what is missing adds nothing, and so does a product with a missing factor.</summary>
    public static void Regression(NodePlan plan, ReadOnlySpan<double> terms, ReadOnlySpan<double> coefficients, Span<double> sums)
    {
        for (var lane = 0; lane < Block; lane += Vector512<double>.Count)
        {
            var (sum, products) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var i = 0; i < coefficients.Length; i++)
                sum += Known(Vector512.Create(coefficients[i]) * Vector512.LoadUnsafe(in terms[(i * Block) + lane]));
            foreach (var product in plan.Products)
            {
                var part = Vector512.Create(product.Coefficient);
                for (var factor = 0; factor < product.Slots.Length; factor++)
                {
                    var term = Vector512.LoadUnsafe(in terms[((product.Slots[factor] - plan.First) * Block) + lane]);
                    for (var power = 0; power < product.Powers[factor]; power++)
                        part *= term;
                }

                products += Known(part);
            }

            (Vector512.Create(plan.Intercept) + sum + products).StoreUnsafe(ref sums[lane]);
        }
    }

    /// <summary>The rules that look at order, one draw after the other.</summary>
    public static void Ordered(
        NodePlan plan,
        ReadOnlySpan<double> terms,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> numbers,
        ReadOnlySpan<double> drawn,
        int row,
        Workspace workspace,
        Span<double> scores
    )
    {
        var values = workspace.Lane.AsSpan(0, weights.Length);
        var shares = workspace.LaneWeights.AsSpan(0, weights.Length);
        for (var lane = 0; lane < Block; lane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = terms[(i * Block) + lane];
                shares[i] = numbers[i] < 0 ? weights[i] : drawn[(numbers[i] * Block) + lane];
            }

            scores[lane] = Aggregator.Ordered(plan, values, shares, row);
        }
    }

    private static Vector512<double> Known(Vector512<double> part) =>
        Vector512.ConditionalSelect(Vector512.Equals(part, part), part, Vector512<double>.Zero);
}
