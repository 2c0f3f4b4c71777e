using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Puts the mean that a column had in training in the place of missing values. What is learned in training holds for the rows to be scored,
/// so nothing of them leaks into it. No column says where a value was missing: a framework has no place for one. Source: OECD and JRC,
/// Handbook (2008), section 3 (unconditional mean imputation).
/// </summary>
public sealed class MeanImputation
{
    private readonly double[] _means;

    private MeanImputation(ImmutableArray<string> columns, double[] means) => (Columns, _means) = (columns, means);

    /// <summary>Gets the columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets what a missing value of each column becomes.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Learns the means of what is there.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows; NaN where a value is missing.</param>
    /// <returns>What was learned; the mean of a column without any value is 0.</returns>
    public static MeanImputation Fit(ImmutableArray<string> columns, IEnumerable<ImmutableArray<double>> rows)
    {
        var sums = new double[columns.Length];
        var counts = new int[columns.Length];
        foreach (var row in rows)
        {
            for (var column = 0; column < sums.Length; column++)
            {
                if (double.IsNaN(row[column]))
                    continue;
                sums[column] += row[column];
                counts[column]++;
            }
        }

        for (var column = 0; column < sums.Length; column++)
            sums[column] = counts[column] == 0 ? 0 : sums[column] / counts[column];
        return new MeanImputation(columns, sums);
    }

    /// <summary>Fills a row.</summary>
    /// <param name="row">One value a column; NaN where it is missing.</param>
    /// <returns>One value a column.</returns>
    public ImmutableArray<double> Apply(ImmutableArray<double> row) =>
        [.. row.Select((value, column) => double.IsNaN(value) ? _means[column] : value)];
}
