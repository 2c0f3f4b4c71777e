using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class NormalDistributionTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1.5, 0.06680720126885806)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(6, 0.9999999990134123)]
    [InlineData(40, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    public void Cumulative_KnownValues_AreMet(double x, double expected) => Assert.Equal(expected, NormalDistribution.Cumulative(x), 1e-14);

    [Fact]
    public void Cumulative_NotANumber_StaysSo() => Assert.Equal(double.NaN, NormalDistribution.Cumulative(double.NaN));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.9999995, 4.891638475699064)]
    public void UpperQuantile_KnownValues_AreMet(double share, double expected) => Assert.Equal(expected, NormalQuantile.Of(share), 1e-8);
}
