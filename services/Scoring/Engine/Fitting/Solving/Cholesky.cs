namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// Solves a·x = b for a symmetric positive definite matrix, row by row in memory. Source: A.-L. Cholesky (1910), a = L·Lᵀ.
/// </summary>
internal static class Cholesky
{
    /// <summary>A pivot below this share of its diagonal is taken for rounding: the row depends on those before it.</summary>
    private const double Singular = 1e-12;

    /// <summary>Puts L into the lower triangle.</summary>
    /// <returns>−1, or the number of the first row that depends on those before it.</returns>
    public static int Factor(Span<double> matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.Slice(i * size, size);
            var diagonal = row[i];
            for (var j = 0; j < i; j++)
            {
                var other = matrix.Slice(j * size, size);
                row[j] = (row[j] - Dense.Dot(row[..j], other[..j])) / other[j];
            }

            var pivot = diagonal - Dense.Dot(row[..i], row[..i]);
            if (!(pivot > Singular * diagonal))
                return i;
            row[i] = Math.Sqrt(pivot);
        }

        return -1;
    }

    /// <summary>Puts x in the place of b, from the factor L.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> b)
    {
        for (var i = 0; i < size; i++)
            b[i] = (b[i] - Dense.Dot(factor.Slice(i * size, i), b[..i])) / factor[(i * size) + i];
        for (var i = size - 1; i >= 0; i--)
        {
            b[i] /= factor[(i * size) + i];
            Dense.AddScaled(b[..i], -b[i], factor.Slice(i * size, i));
        }
    }
}
