using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// The terms of a design over a table, each with mean 0 and variance 1 (divided by the sum of weights, not by one less), so that one
/// penalty is fair to all. A term that never changes stays 0 and gets no coefficient.
/// </summary>
internal sealed class StandardisedDesign
{
    /// <summary>A spread below this share of the largest value is rounding.</summary>
    private const double Constant = 1e-12;

    private readonly double[] _features;

    public StandardisedDesign(TrainingTable table, int[][] terms)
    {
        RowCount = table.RowCount;
        FeatureCount = terms.Length;
        _features = new double[FeatureCount * RowCount];
        Means = new double[FeatureCount];
        Scales = new double[FeatureCount];
        Targets = new double[RowCount];
        Weights = table.Weights.ToArray();
        for (var row = 0; row < RowCount; row++)
        {
            Targets[row] = table.Outcomes[row] ? 1 : 0;
            TotalWeight += Weights[row];
        }

        for (var row = 0; row < RowCount; row++)
            Weights[row] /= TotalWeight;
        for (var feature = 0; feature < FeatureCount; feature++)
            Standardise(table, terms[feature], feature);
    }

    public int RowCount { get; }

    public int FeatureCount { get; }

    public double TotalWeight { get; }

    public double[] Means { get; }

    /// <summary>The standard deviations; 0 for a term that never changes.</summary>
    public double[] Scales { get; }

    /// <summary>The outcomes as 0 and 1.</summary>
    public double[] Targets { get; }

    /// <summary>The weights as shares of their sum.</summary>
    public double[] Weights { get; }

    public ReadOnlySpan<double> Feature(int feature) => _features.AsSpan(feature * RowCount, RowCount);

    private void Standardise(TrainingTable table, int[] columns, int feature)
    {
        var values = _features.AsSpan(feature * RowCount, RowCount);
        table.Column(columns[0]).CopyTo(values);
        foreach (var column in columns.AsSpan(1))
            Dense.Multiply(values, values, table.Column(column));
        var mean = Dense.Dot(values, Weights);
        double variance = 0,
            largest = 0;
        for (var row = 0; row < values.Length; row++)
        {
            largest = Math.Max(largest, Math.Abs(values[row]));
            values[row] -= mean;
            variance += Weights[row] * values[row] * values[row];
        }

        var scale = Math.Sqrt(variance);
        if (!double.IsFinite(scale))
            throw new FittingException(
                string.Join('·', columns.Select(column => table.Columns[column])),
                "The values are too large to be squared and summed.",
                "Give the column in a larger unit, or its logarithm."
            );
        Means[feature] = mean;
        Scales[feature] = scale > Constant * largest ? scale : 0;
        if (Scales[feature] == 0)
            values.Clear();
        else
            for (var row = 0; row < values.Length; row++)
                values[row] /= scale;
    }
}
