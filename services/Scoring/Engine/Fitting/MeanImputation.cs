using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Puts the mean that a column had in training in the place of missing values and, where asked for, says so in a column of its own, 1 where
/// the value was missing. What is learned in training holds for the rows to be scored, so nothing of them leaks into it. Source: OECD and
/// JRC, Handbook (2008), section 3 (unconditional mean imputation).
/// </summary>
public sealed class MeanImputation
{
    private readonly double[] _means;
    private readonly int[] _flagged;

    private MeanImputation(ImmutableArray<string> columns, double[] means, int[] flagged)
    {
        _means = means;
        _flagged = flagged;
        Columns = [.. columns, .. flagged.Select(column => columns[column] + FlagSuffix)];
    }

    /// <summary>Gets what the name of a column of flags ends in.</summary>
    public static string FlagSuffix => "_missing";

    /// <summary>Gets the columns that come out: those that went in, then the flags.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets what a missing value of each column that went in becomes.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Learns the means of what is there.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows; NaN where a value is missing.</param>
    /// <param name="flag">Whether each column in which values are missing gets a column that says so.</param>
    /// <returns>What was learned; the mean of a column without any value is 0.</returns>
    public static MeanImputation Fit(ImmutableArray<string> columns, IEnumerable<ImmutableArray<double>> rows, bool flag)
    {
        var sums = new double[columns.Length];
        var counts = new int[columns.Length];
        var total = 0;
        foreach (var row in rows)
        {
            total++;
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
        int[] flagged = flag ? [.. Enumerable.Range(0, sums.Length).Where(column => counts[column] < total)] : [];
        return new MeanImputation(columns, sums, flagged);
    }

    /// <summary>Tells which values that come out were missing in a row.</summary>
    /// <param name="row">One value a column that went in; NaN where it is missing.</param>
    /// <returns>One mark a column that comes out; empty where none was missing.</returns>
    public ImmutableArray<bool> Missing(ImmutableArray<double> row) =>
        row.Any(double.IsNaN) ? [.. row.Select(double.IsNaN), .. _flagged.Select(_ => false)] : [];

    /// <summary>Fills a row.</summary>
    /// <param name="row">One value a column that went in; NaN where it is missing.</param>
    /// <returns>One value a column that comes out.</returns>
    public ImmutableArray<double> Apply(ImmutableArray<double> row)
    {
        var filled = ImmutableArray.CreateBuilder<double>(Columns.Length);
        for (var column = 0; column < _means.Length; column++)
            filled.Add(double.IsNaN(row[column]) ? _means[column] : row[column]);
        foreach (var column in _flagged)
            filled.Add(double.IsNaN(row[column]) ? 1 : 0);
        return filled.MoveToImmutable();
    }
}
