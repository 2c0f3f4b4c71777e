using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// Logistic regression written down a second time: Newton's method by Gaussian elimination, and the slopes of the objective.
/// </summary>
internal static class NaiveLogistic
{
    /// <summary>
    /// The slope of the mean log-likelihood by the intercept and by each coefficient in units of its feature's standard deviation, and
    /// those coefficients.
    /// </summary>
    public static (double Intercept, double[] Slopes, double[] Standardised) Slopes(TrainingTable table, FittedModel model)
    {
        var rows = Features(table, model);
        var (means, scales, shares) = Moments(table, rows);
        var probabilities = model.Probabilities(table);
        var residuals = probabilities.Select((probability, i) => shares[i] * ((table.Outcomes[i] ? 1 : 0) - probability)).ToArray();
        return (
            residuals.Sum(),
            [
                .. means.Select(
                    (mean, j) => scales[j] == 0 ? 0 : residuals.Select((residual, i) => residual * (rows[i][j] - mean) / scales[j]).Sum()
                ),
            ],
            [.. model.Terms.Select((term, j) => term.Coefficient * scales[j])]
        );
    }

    /// <summary>The model of least penalised loss, for a ridge penalty, on the original scale.</summary>
    public static double[] Newton(TrainingTable table, double lambda)
    {
        var rows = Enumerable.Range(0, table.RowCount).Select(i => TrainingTables.Row(table, i).ToArray()).ToArray();
        var (means, scales, shares) = Moments(table, rows);
        var count = means.Length;
        var design = rows.Select(row => (double[])[1, .. row.Select((value, j) => (value - means[j]) / scales[j])]).ToArray();
        var b = new double[count + 1];
        for (var step = 0; step < 200; step++)
        {
            var system = new double[count + 1, count + 2];
            for (var i = 0; i < design.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-design[i].Zip(b, (x, c) => x * c).Sum()));
                for (var j = 0; j <= count; j++)
                {
                    system[j, count + 1] += shares[i] * ((table.Outcomes[i] ? 1 : 0) - p) * design[i][j];
                    for (var k = 0; k <= count; k++)
                        system[j, k] += shares[i] * p * (1 - p) * design[i][j] * design[i][k];
                }
            }

            for (var j = 1; j <= count; j++)
            {
                system[j, count + 1] -= lambda * b[j];
                system[j, j] += lambda;
            }

            var change = Eliminate(system);
            for (var j = 0; j <= count; j++)
                b[j] += change[j];
        }

        var coefficients = b[1..].Select((value, j) => value / scales[j]).ToArray();
        return [b[0] - coefficients.Zip(means, (c, m) => c * m).Sum(), .. coefficients];
    }

    private static double[][] Features(TrainingTable table, FittedModel model) =>
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Select(i =>
                    model
                        .Terms.Select(term =>
                            term.Indicators.Aggregate(1.0, (product, name) => product * table.Column(table.Columns.IndexOf(name))[i])
                        )
                        .ToArray()
                ),
        ];

    private static (double[] Means, double[] Scales, double[] Shares) Moments(TrainingTable table, double[][] rows)
    {
        var total = table.Weights.ToArray().Sum();
        var shares = table.Weights.ToArray().Select(weight => weight / total).ToArray();
        var means = Enumerable.Range(0, rows[0].Length).Select(j => rows.Select((row, i) => shares[i] * row[j]).Sum()).ToArray();
        var scales = means
            .Select((mean, j) => Math.Sqrt(rows.Select((row, i) => shares[i] * (row[j] - mean) * (row[j] - mean)).Sum()))
            .ToArray();
        return (means, scales, shares);
    }

    private static double[] Eliminate(double[,] system)
    {
        var size = system.GetLength(0);
        for (var i = 0; i < size; i++)
        {
            var pivot = Enumerable.Range(i, size - i).MaxBy(row => Math.Abs(system[row, i]));
            for (var k = 0; k <= size; k++)
                (system[i, k], system[pivot, k]) = (system[pivot, k], system[i, k]);
            for (var row = 0; row < size; row++)
            {
                if (row == i)
                    continue;
                var factor = system[row, i] / system[i, i];
                for (var k = i; k <= size; k++)
                    system[row, k] -= factor * system[i, k];
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => system[i, size] / system[i, i])];
    }
}
