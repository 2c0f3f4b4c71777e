using CsCheck;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class LinearAlgebraTests
{
    private static readonly Gen<(double[] Matrix, int Size)> _matrices = Gen.Int[1, 8]
        .SelectMany(size => Gen.Double[-3, 3].Array[size * size].Select(b => (Positive(b, size), size)));

    [Fact]
    public void SymmetricEigen_AnyMatrix_PutsItTogetherAgain() =>
        _matrices.Sample(input =>
        {
            var (matrix, size) = input;

            var eigen = new SymmetricEigen(matrix, size);

            for (var i = 0; i < size; i++)
            {
                Assert.True(i == 0 || eigen.Values[i] <= eigen.Values[i - 1]);
                for (var j = 0; j < size; j++)
                {
                    var cell = Enumerable.Range(0, size).Sum(k => eigen.Values[k] * eigen.Vectors[k][i] * eigen.Vectors[k][j]);
                    Assert.Equal(matrix[(i * size) + j], cell, 1e-11 * Math.Max(1, eigen.Values[0]));
                    Assert.Equal(i == j ? 1 : 0, eigen.Vectors[i].Zip(eigen.Vectors[j], (x, y) => x * y).Sum(), 1e-12);
                }
            }
        });

    [Fact]
    public void CholeskyFactor_AnyMatrix_SolvesAndTellsTheDeterminant() =>
        _matrices.Sample(input =>
        {
            var (matrix, size) = input;
            var factor = (double[])matrix.Clone();
            var right = Enumerable.Range(1, size).Select(i => (double)i).ToArray();

            Assert.True(CholeskyFactor.Decompose(factor, size));
            var solution = (double[])right.Clone();
            CholeskyFactor.SolveLower(factor, size, solution);

            var slack = 1e-6 * Math.Max(1, solution.Max(Math.Abs));
            for (var i = 0; i < size; i++)
            {
                Assert.Equal(right[i], Enumerable.Range(0, i + 1).Sum(j => factor[(i * size) + j] * solution[j]), slack);
                for (var j = 0; j <= i; j++)
                    Assert.Equal(
                        matrix[(i * size) + j],
                        Enumerable.Range(0, j + 1).Sum(k => factor[(i * size) + k] * factor[(j * size) + k]),
                        1e-9
                    );
            }

            Assert.Equal(new SymmetricEigen(matrix, size).Values.Sum(Math.Log), CholeskyFactor.LogDeterminant(factor, size), 1e-7);
        });

    [Fact]
    public void CholeskyFactor_IndefiniteMatrix_IsRefused() => Assert.False(CholeskyFactor.Decompose([1, 2, 2, 1], 2));

    /// <summary>B·Bᵀ and a little on the diagonal: symmetric and positive definite.</summary>
    private static double[] Positive(double[] b, int size)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            matrix[(i * size) + j] = Enumerable.Range(0, size).Sum(k => b[(i * size) + k] * b[(j * size) + k]) + (i == j ? 0.1 : 0);
        return matrix;
    }
}
