using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>The units that miss the same variables: what is expected of them is the same function of what they have.</summary>
internal sealed class GapPattern
{
    private readonly double[][] _rows;
    private readonly int[] _known;
    private readonly int[] _missing;

    /// <summary>Initializes a new instance of the <see cref="GapPattern"/> class.</summary>
    /// <param name="rows">The units; at least one, with at least one value.</param>
    public GapPattern(double[][] rows)
    {
        _rows = rows;
        _known = [.. Enumerable.Range(0, rows[0].Length).Where(i => !double.IsNaN(rows[0][i]))];
        _missing = [.. Enumerable.Range(0, rows[0].Length).Where(i => double.IsNaN(rows[0][i]))];
    }

    /// <summary>Adds what is expected of the units to the sums and to the sums of products.</summary>
    /// <param name="means">The means of the variables.</param>
    /// <param name="covariances">Their covariances.</param>
    /// <param name="leastPivot">Below this a covariance counts as singular.</param>
    /// <param name="sums">Takes Σ E(x).</param>
    /// <param name="products">Takes Σ E(x·xᵀ).</param>
    /// <returns>The logarithm of the likelihood of what the units have; null where its covariance is singular.</returns>
    public double? Expect(double[] means, double[] covariances, double leastPivot, double[] sums, double[] products)
    {
        var (size, count) = (means.Length, _known.Length);
        var factor = new double[count * count];
        for (var i = 0; i < count; i++)
        for (var j = 0; j <= i; j++)
            factor[(i * count) + j] = covariances[(_known[i] * size) + _known[j]];
        if (!CholeskyFactor.Decompose(factor, count, leastPivot))
            return null;

        // What each missing variable has in common with the known ones, in the coordinates of the factor.
        var common = Array.ConvertAll(_missing, variable =>
        {
            var column = Array.ConvertAll(_known, known => covariances[(variable * size) + known]);
            CholeskyFactor.SolveLower(factor, count, column);
            return column;
        });
        AddUncertainty(covariances, common, products, size);
        var likelihood = -0.5 * _rows.Length * ((count * Math.Log(2 * Math.PI)) + CholeskyFactor.LogDeterminant(factor, count));
        var distance = new double[count];
        var expected = new double[size];
        foreach (var row in _rows)
        {
            for (var i = 0; i < count; i++)
                distance[i] = row[_known[i]] - means[_known[i]];
            CholeskyFactor.SolveLower(factor, count, distance);
            likelihood -= 0.5 * Dot(distance, distance);
            row.CopyTo(expected, 0);
            for (var i = 0; i < _missing.Length; i++)
                expected[_missing[i]] = means[_missing[i]] + Dot(common[i], distance);
            for (var i = 0; i < size; i++)
            {
                sums[i] += expected[i];
                for (var j = 0; j < size; j++)
                    products[(i * size) + j] += expected[i] * expected[j];
            }
        }

        return likelihood;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>The covariance that missing variables keep when the known ones are known, once a unit.</summary>
    private void AddUncertainty(double[] covariances, double[][] common, double[] products, int size)
    {
        for (var i = 0; i < _missing.Length; i++)
        for (var j = 0; j < _missing.Length; j++)
        {
            var cell = (_missing[i] * size) + _missing[j];
            products[cell] += _rows.Length * (covariances[cell] - Dot(common[i], common[j]));
        }
    }
}
