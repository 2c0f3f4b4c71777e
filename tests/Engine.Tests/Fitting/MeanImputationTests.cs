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
        var imputation = MeanImputation.Fit(["a", "b", "c"], Rows, flag: false);

        Assert.Equal([3, 25, 0], imputation.Means.ToArray());
        Assert.Equal(["a", "b", "c"], imputation.Columns);
        Assert.Equal([3, 7, 0], imputation.Apply([double.NaN, 7, double.NaN]));
    }

    [Fact]
    public void Apply_Flagged_SaysWhatWasMissing()
    {
        var imputation = MeanImputation.Fit(["a", "b", "c"], Rows, flag: true);

        // Column a has no gap in training, so nothing could be learned from a flag of it.
        Assert.Equal(["a", "b", "c", "b_missing", "c_missing"], imputation.Columns);
        Assert.Equal([3, 25, 8, 1, 0], imputation.Apply([double.NaN, double.NaN, 8]));
    }
}
