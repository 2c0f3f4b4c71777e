using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Chooses λ by fitting without each fold in turn and measuring on it, at the λ of the path over all rows. Source: Friedman, Hastie and
/// Tibshirani (2010), section 5, and for the rule of one standard error L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and
/// Regression Trees (1984), section 3.4.3.
/// </summary>
public static class CrossValidation
{
    /// <summary>A probability is held this far from 0 and 1, as glmnet does, so that one surprise does not decide alone.</summary>
    private const double Edge = 1e-5;

    /// <summary>Runs it.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <param name="options">How models are fitted.</param>
    /// <param name="folds">The folds of the same table; without each of them there must be both outcomes.</param>
    /// <param name="measure">What the λ are measured by.</param>
    /// <param name="progress">Is told the share of the paths that are fitted: that over all rows, then one a fold.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The measures, the models and the choices.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">
    /// A term or an option is wrong, the folds are of another table, one of them holds all events, or no fold holds both outcomes where the
    /// area under the curve is asked for.
    /// </exception>
    public static CrossValidationResult Run(
        TrainingTable table,
        FeatureDesign design,
        ElasticNetOptions options,
        FoldAssignment folds,
        CrossValidationMeasure measure = CrossValidationMeasure.Deviance,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (folds.Folds.Length != table.RowCount)
            throw new FittingException(
                "folds",
                $"They are of {folds.Folds.Length} rows, the table has {table.RowCount}.",
                "Make them of the table."
            );
        var path = ElasticNet.FitPath(table, design, options, cancellationToken);
        var lambdas = path.Lambdas;
        var heldOut = new double[lambdas.Length][];
        for (var i = 0; i < heldOut.Length; i++)
            heldOut[i] = new double[table.RowCount];
        var rows = new int[folds.Count][];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            progress?.Report((fold + 1.0) / (folds.Count + 1));
            var outside = folds.Outside(table, fold);
            var inside = rows[fold] = folds.Rows(fold, inside: true);
            var models = ElasticNet.FitPathUnguarded(outside, design, options, lambdas, cancellationToken).Models;
            for (var i = 0; i < models.Length; i++)
                Score(table, models[i], inside, heldOut[i]);
        }

        ImmutableArray<CrossValidationPoint> points =
        [
            .. lambdas.Select((lambda, i) => Point(table, rows, measure, heldOut[i], lambda, path.Models[i].SelectedCount)),
        ];
        var sign = measure == CrossValidationMeasure.AreaUnderRoc ? -1 : 1;
        var best = Enumerable.Range(0, points.Length).MinBy(i => sign * points[i].Mean);
        var bound = (sign * points[best].Mean) + points[best].StandardError;
        var oneStandardError = Enumerable.Range(0, points.Length).First(i => sign * points[i].Mean <= bound);
        return new CrossValidationResult
        {
            Measure = measure,
            Points = points,
            Path = path,
            Best = best,
            OneStandardError = oneStandardError,
            BestHeldOut = [.. heldOut[best]],
            OneStandardErrorHeldOut = [.. heldOut[oneStandardError]],
        };
    }

    /// <summary>Scores some rows of a table.</summary>
    internal static void Score(TrainingTable table, FittedModel model, ReadOnlySpan<int> rows, Span<double> probabilities)
    {
        var scorer = model.For(table.Columns);
        var values = new double[table.Columns.Length];
        foreach (var row in rows)
        {
            table.CopyRow(row, values);
            probabilities[row] = scorer.Probability(values);
        }
    }

    private static CrossValidationPoint Point(
        TrainingTable table,
        int[][] folds,
        CrossValidationMeasure measure,
        double[] probabilities,
        double lambda,
        int selected
    )
    {
        var values = new List<(double Value, double Weight)>(folds.Length);
        foreach (var rows in folds)
        {
            var weight = 0.0;
            foreach (var row in rows)
                weight += table.Weights[row];
            var value =
                measure == CrossValidationMeasure.Deviance
                    ? Deviance(table, rows, probabilities) / weight
                    : Area(table, rows, probabilities);
            if (!double.IsNaN(value))
                values.Add((value, weight));
        }

        if (values.Count == 0)
            throw new FittingException("folds", "No fold holds both outcomes, so there is no area.", "Make fewer folds, or use deviance.");
        var total = values.Sum(fold => fold.Weight);
        var mean = values.Sum(fold => fold.Value * fold.Weight) / total;
        var variance = values.Sum(fold => fold.Weight * (fold.Value - mean) * (fold.Value - mean)) / total;
        return new CrossValidationPoint(lambda, mean, values.Count > 1 ? Math.Sqrt(variance / (values.Count - 1)) : 0, selected);
    }

    private static double Deviance(TrainingTable table, int[] rows, double[] probabilities)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            var probability = Math.Clamp(probabilities[row], Edge, 1 - Edge);
            sum -= 2 * table.Weights[row] * Math.Log(table.Outcomes[row] ? probability : 1 - probability);
        }

        return sum;
    }

    private static double Area(TrainingTable table, int[] rows, double[] probabilities)
    {
        var cases = new ScoredOutcome[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            cases[i] = new ScoredOutcome(probabilities[rows[i]], table.Outcomes[rows[i]]);
        return AreaUnderRoc.Measure(cases)?.Value ?? double.NaN;
    }
}
