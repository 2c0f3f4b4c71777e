using CsCheck;
using EarlyWarning.Scoring.Engine.Fitting.Solving;

namespace EarlyWarning.Engine.Tests.Fitting.Solving;

public class DenseTests
{
    private static readonly Gen<(double[] A, double[] B)> Pairs = Gen.Int[0, 70]
        .SelectMany(length => Gen.Select(Gen.Double[-3, 3].Array[length], Gen.Double[-3, 3].Array[length]));

    [Fact]
    public void Sums_AnyLength_EqualTheLoops() =>
        Pairs.Sample(
            (a, b) =>
            {
                var (added, multiplied) = ((double[])a.Clone(), new double[a.Length]);
                Dense.AddScaled(added, 0.7, b);
                Dense.Multiply(multiplied, a, b);

                Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), Dense.Dot(a, b), 1e-11);
                Assert.Equal(a.Zip(b, (x, y) => x + (0.7 * y)), added);
                Assert.Equal(a.Zip(b, (x, y) => x * y), multiplied);
            }
        );

    [Fact]
    public void Cholesky_AnyPositiveMatrix_SolvesTheSystem() =>
        Gen.Int[1, 9]
            .SelectMany(size => Gen.Select(Gen.Double[-2, 2].Array[size * size], Gen.Double[-5, 5].Array[size]))
            .Sample(
                (root, b) =>
                {
                    var size = b.Length;
                    var matrix = new double[size * size];
                    for (var i = 0; i < size; i++)
                    for (var j = 0; j < size; j++)
                        matrix[(i * size) + j] =
                            Enumerable.Range(0, size).Sum(k => root[(i * size) + k] * root[(j * size) + k]) + (i == j ? 0.5 : 0);
                    var (factor, x) = ((double[])matrix.Clone(), (double[])b.Clone());

                    Assert.Equal(-1, Cholesky.Factor(factor, size));
                    Cholesky.Solve(factor, size, x);

                    for (var i = 0; i < size; i++)
                        Assert.Equal(b[i], Enumerable.Range(0, size).Sum(j => matrix[(i * size) + j] * x[j]), 1e-9);
                }
            );

    [Fact]
    public void Cholesky_RowThatDependsOnOthers_IsNamed() => Assert.Equal(2, Cholesky.Factor([2, 1, 3, 1, 2, 3, 3, 3, 6], 3));
}
