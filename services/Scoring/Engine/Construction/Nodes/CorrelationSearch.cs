using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// Looks for weights by what they make of correlations. Source: W. Becker, M. Saisana, P. Paruolo, I. Vandecasteele, Ecological Indicators
/// 80 (2017); COINr's get_opt_weights.
/// </summary>
internal static class CorrelationSearch
{
    /// <summary>Weights under which correlations stand in given proportions: the least of ln(mean((target − r / Σr)²)).</summary>
    /// <param name="correlations">The correlations under weights that sum to 1.</param>
    /// <param name="influences">The proportions, above 0; the search starts from them as weights.</param>
    /// <param name="tolerance">When it ends; see <see cref="NelderMead"/>.</param>
    /// <param name="maximumEvaluations">After how many trials it ends at the latest.</param>
    /// <returns>What was found; null if the correlations have no value at the start.</returns>
    public static CorrelationOutcome? Balance(
        Func<double[], double[]> correlations,
        double[] influences,
        double tolerance,
        int maximumEvaluations
    )
    {
        var targets = Unit(influences);
        return Search(
            correlations,
            found =>
            {
                var shares = Unit(found);
                var squares = 0.0;
                for (var i = 0; i < shares.Length; i++)
                    squares += (targets[i] - shares[i]) * (targets[i] - shares[i]);
                return Math.Log(squares / shares.Length);
            },
            targets,
            tolerance,
            maximumEvaluations
        );
    }

    /// <summary>Weights under which the sum of the correlations is greatest.</summary>
    /// <param name="correlations">The correlations under weights that sum to 1.</param>
    /// <param name="start">The weights to start from.</param>
    /// <param name="tolerance">When it ends.</param>
    /// <param name="maximumEvaluations">After how many trials it ends at the latest.</param>
    /// <returns>What was found; null if the correlations have no value at the start.</returns>
    public static CorrelationOutcome? InfoMax(
        Func<double[], double[]> correlations,
        double[] start,
        double tolerance,
        int maximumEvaluations
    ) => Search(correlations, found => -found.Sum(), start, tolerance, maximumEvaluations);

    /// <summary>The correlation of two columns.</summary>
    public static double Of(CorrelationKind kind, ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        kind switch
        {
            CorrelationKind.Pearson => Correlations.Pearson(x, y),
            CorrelationKind.Spearman => Correlations.Spearman(x, y),
            _ => Correlations.Kendall(x, y),
        };

    private static CorrelationOutcome? Search(
        Func<double[], double[]> correlations,
        Func<double[], double> objective,
        double[] start,
        double tolerance,
        int maximumEvaluations
    )
    {
        var first = objective(correlations(Unit(start)));
        if (double.IsNegativeInfinity(first))
            return new(Unit(start), correlations(Unit(start)), first, 1, true);
        if (!double.IsFinite(first))
            return null;
        var (point, value, evaluations, converged) = NelderMead.Minimise(
            weights => objective(correlations(Unit(weights))),
            start,
            tolerance,
            maximumEvaluations
        );
        return new(Unit(point), correlations(Unit(point)), value, evaluations, converged);
    }

    private static double[] Unit(double[] weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}

/// <summary>What a search found.</summary>
/// <param name="Weights">The weights, which sum to 1.</param>
/// <param name="Correlations">The correlations under them.</param>
/// <param name="Objective">The value that was made small.</param>
/// <param name="Evaluations">How many trials there were.</param>
/// <param name="Converged">Whether the tolerance was met.</param>
internal sealed record CorrelationOutcome(double[] Weights, double[] Correlations, double Objective, int Evaluations, bool Converged);
