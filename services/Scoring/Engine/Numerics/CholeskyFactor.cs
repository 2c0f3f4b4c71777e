namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The lower triangle L of a positive definite matrix A = L·Lᵀ, in the place of A, row after row. Source: G. H. Golub and C. F. Van Loan,
/// Matrix Computations, section 4.2.
/// </summary>
internal static class CholeskyFactor
{
    /// <summary>Decomposes a matrix in place; only its lower triangle is read and written.</summary>
    /// <param name="matrix">size × size.</param>
    /// <param name="size">How many rows it has.</param>
    /// <param name="least">The least pivot that counts as above 0.</param>
    /// <returns>Whether the matrix is positive definite by that measure.</returns>
    public static bool Decompose(Span<double> matrix, int size, double least = 0)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.Slice(i * size, size);
            for (var j = 0; j < i; j++)
            {
                var other = matrix.Slice(j * size, size);
                var sum = row[j];
                for (var k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                row[j] = sum / other[j];
            }

            var pivot = row[i];
            for (var k = 0; k < i; k++)
                pivot -= row[k] * row[k];
            if (!(pivot > least))
                return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Solves L·y = b in the place of b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int size, Span<double> b)
    {
        for (var i = 0; i < size; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++)
                sum -= factor[(i * size) + k] * b[k];
            b[i] = sum / factor[(i * size) + i];
        }
    }

    /// <summary>ln |A|.</summary>
    public static double LogDeterminant(ReadOnlySpan<double> factor, int size)
    {
        var sum = 0.0;
        for (var i = 0; i < size; i++)
            sum += Math.Log(factor[(i * size) + i]);
        return 2 * sum;
    }
}
