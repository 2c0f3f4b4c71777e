using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class NormalQuantileTests
{
    /// <summary>Roots of the cumulative distribution to 20 digits, worked out in arithmetic of 40.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.2, -0.84162123357291420518)]
    [InlineData(0.075, -1.4395314709384559153)]
    [InlineData(0.925, 1.4395314709384559153)]
    [InlineData(0.99, 2.3263478740408411009)]
    [InlineData(0.001, -3.0902323061678135415)]
    [InlineData(1e-10, -6.3613409024040562047)]
    [InlineData(1e-14, -7.6506280929352688164)]
    [InlineData(1.1102230246251565e-16, -8.20953615160138686)]
    public void Of_KnownShares_AreMet(double share, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(share), 1e-15 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Apply_SharesOfEveryRegion_AreTheScalarsBits()
    {
        double[] shares =
        [
            0.5,
            0.075,
            0.075 - 1e-17,
            0.925,
            0.92500001,
            1e-16,
            1e-12,
            1 - 1e-13,
            .. Enumerable.Range(0, 4096).Select(new RandomStream(9, 0, 0, 0).At),
        ];
        var normals = (double[])shares.Clone();

        NormalQuantile.Apply(normals, new double[shares.Length + 8], new byte[shares.Length / 8]);

        for (var i = 0; i < shares.Length; i++)
        {
            Assert.Equal(ScalarLane.Normal(shares[i]), normals[i]);
            Assert.Equal(normals[i], NormalQuantile.Of(shares[i]));
        }
    }

    [Fact]
    public void Apply_AllOrNoSharesInTheTails_AreTheScalarsBits()
    {
        foreach (var shares in new[] { Enumerable.Repeat(0.001, 16).ToArray(), Enumerable.Repeat(0.4, 16).ToArray() })
        {
            var normals = (double[])shares.Clone();

            NormalQuantile.Apply(normals, new double[24], new byte[2]);

            Assert.All(normals, normal => Assert.Equal(ScalarLane.Normal(shares[0]), normal));
        }
    }

    [Fact]
    public void Apply_MillionShares_HaveTheMomentsOfTheDistribution()
    {
        var normals = new double[1 << 20];
        new RandomStream(5, 1, 0, 0).Fill(normals, 0);

        NormalQuantile.Apply(normals, new double[normals.Length + 8], new byte[normals.Length / 8]);

        // Standard errors: √(1/n) = 0.001, √(2/n) = 0.0014, √(15/n) = 0.0038, √(96/n) = 0.0096.
        Assert.Equal(0, normals.Average(), 0.003);
        Assert.Equal(1, normals.Average(z => z * z), 0.0042);
        Assert.Equal(0, normals.Average(z => z * z * z), 0.0115);
        Assert.Equal(3, normals.Average(z => z * z * z * z), 0.03);
    }
}
