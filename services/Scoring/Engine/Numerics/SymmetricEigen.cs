namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, which find small eigenvalues as exactly as great ones.
/// Source: C. G. J. Jacobi (1846); G. H. Golub and C. F. Van Loan, Matrix Computations, section 8.5.
/// </summary>
internal sealed class SymmetricEigen
{
    /// <summary>Seven sweeps are the rule; a matrix that needs more is not finite.</summary>
    private const int MostSweeps = 60;

    /// <summary>Initializes a new instance of the <see cref="SymmetricEigen"/> class.</summary>
    /// <param name="matrix">Finite and symmetric, row after row; it is left as it is.</param>
    /// <param name="size">How many rows it has.</param>
    public SymmetricEigen(ReadOnlySpan<double> matrix, int size)
    {
        var a = matrix.ToArray();
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
            vectors[(i * size) + i] = 1;
        for (var sweep = 0; sweep < MostSweeps && Rotate(a, vectors, size); sweep++) { }

        var order = new int[size];
        for (var i = 0; i < size; i++)
            order[i] = i;
        Array.Sort(order, (i, j) => a[(j * size) + j].CompareTo(a[(i * size) + i]));
        Values = [.. order.Select(i => a[(i * size) + i])];
        Vectors = [.. order.Select(i => Enumerable.Range(0, size).Select(row => vectors[(row * size) + i]).ToArray())];
    }

    /// <summary>Gets the eigenvalues, the greatest first.</summary>
    public double[] Values { get; }

    /// <summary>Gets the eigenvector of each, of length 1.</summary>
    public double[][] Vectors { get; }

    /// <summary>One sweep over all pairs.</summary>
    /// <returns>Whether anything was left to turn.</returns>
    private static bool Rotate(double[] a, double[] vectors, int size)
    {
        var turned = false;
        for (var p = 0; p < size - 1; p++)
        {
            for (var q = p + 1; q < size; q++)
            {
                var off = a[(p * size) + q];
                var (first, second) = (a[(p * size) + p], a[(q * size) + q]);
                if (Math.Abs(off) <= 1e-300 || Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(first) * Math.Abs(second)))
                    continue;
                turned = true;
                var ratio = (second - first) / (2 * off);
                var tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt((ratio * ratio) + 1));
                var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
                var sine = tangent * cosine;
                for (var k = 0; k < size; k++)
                    Turn(ref a[(k * size) + p], ref a[(k * size) + q], cosine, sine);
                for (var k = 0; k < size; k++)
                    Turn(ref a[(p * size) + k], ref a[(q * size) + k], cosine, sine);
                for (var k = 0; k < size; k++)
                    Turn(ref vectors[(k * size) + p], ref vectors[(k * size) + q], cosine, sine);
            }
        }

        return turned;
    }

    private static void Turn(ref double x, ref double y, double cosine, double sine) =>
        (x, y) = ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
}
