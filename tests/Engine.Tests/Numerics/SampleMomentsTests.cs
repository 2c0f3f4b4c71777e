using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

/// <summary>Figures computed by R 4.2 and by COINr's skew and kurt.</summary>
public class SampleMomentsTests
{
    private static readonly double[] _sample = [1, 2, 2, 3, 5, 8, 13, 40];
    private static readonly double[] _x = [1, 3, 3, double.NaN, 7, 2, 9];
    private static readonly double[] _y = [2, 2, 5, 4, 6, 1, 4];

    [Fact]
    public void Skewness_Sample_IsOfTypeTwo()
    {
        Assert.Equal(2.35721378707533, SampleMoments.Skewness(_sample), 1e-13);
        Assert.Equal(5.82488500426771, SampleMoments.Kurtosis(_sample), 1e-13);
        Assert.True(double.IsNaN(SampleMoments.Skewness([1, 2])));
        Assert.True(double.IsNaN(SampleMoments.Kurtosis([1, 2, 3])));
        Assert.True(double.IsNaN(SampleMoments.Skewness([0.1, 0.1, 0.1])));
    }

    [Fact]
    public void Mean_LongColumnOfSmallAndLarge_LosesNoDigit()
    {
        double[] column = [1e16, .. Enumerable.Repeat(1.0, 1000), -1e16];

        Assert.Equal(1000.0 / 1002, SampleMoments.Mean(column), 1e-15);
    }

    [Fact]
    public void Variance_FarFromZero_IsExact() => Assert.Equal(1, SampleMoments.Variance([1e9 + 1, 1e9 + 2, 1e9 + 3]));

    [Fact]
    public void Median_OddAndEven_IsTheMiddle()
    {
        Assert.Equal(3, SampleMoments.Median([1, 3, 9]));
        Assert.Equal(4, SampleMoments.Median([1, 3, 5, 9]));
        Assert.True(double.IsNaN(SampleMoments.Median([])));
    }

    [Fact]
    public void Correlations_TiesAndGaps_EqualR() =>
        Sets.AssertNear(
            [0.640057811911666, 0.661764705882353, 0.5],
            [Correlations.Pearson(_x, _y), Correlations.Spearman(_x, _y), Correlations.Kendall(_x, _y)]
        );

    [Fact]
    public void Pearson_WithoutVariation_HasNoValue()
    {
        Assert.True(double.IsNaN(Correlations.Pearson([0.1, 0.1, 0.1], [1, 2, 3])));
        Assert.True(double.IsNaN(Correlations.Kendall([1, 1, 1], [1, 2, 3])));
        Assert.True(double.IsNaN(Correlations.Pearson([1], [2])));
    }

    [Fact]
    public void MeanRanks_Ties_ShareTheirRank() => Assert.Equal([2.5, 1, 2.5, 4], Correlations.MeanRanks([3, 1, 3, 7]));
}
