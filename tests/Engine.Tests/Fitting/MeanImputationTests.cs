using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Engine.Tests.Fitting;

public class MeanImputationTests
{
    private static readonly ImmutableArray<double>[] Rows =
    [
        [1, 10, double.NaN],
        [3, double.NaN, double.NaN],
        [5, 40, double.NaN],
    ];

    [Fact]
    public void Apply_MissingValues_AreTheMeansOfTraining()
    {
        var imputation = MeanImputation.Fit(["a", "b", "c"], Rows);

        Assert.Equal([3, 25, 0], imputation.Means.ToArray());
        Assert.Equal(["a", "b", "c"], imputation.Columns);
        Assert.Equal([3, 7, 0], imputation.Apply([double.NaN, 7, double.NaN]));
    }
}
