using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

/// <summary>What cannot be fitted is refused with a reason.</summary>
public class ElasticNetRefusalTests
{
    private static readonly TrainingTable Separated = Series(
        [0, 0, 0, 1, 1, 1, 0, 1],
        ("x1", [1, 2, 3, 4, 5, 6, 2.5, 4.5]),
        ("x2", [1, 5, 2, 4, 3, 1, 2, 2])
    );

    [Fact]
    public void Fit_SeparatedWithoutPenalty_IsRefused()
    {
        var error = Assert.Throws<FittingException>(() => ElasticNet.Fit(Separated, Both, 0, new ElasticNetOptions()));

        Assert.Equal("x1", error.Subject);
        Assert.Contains("no finite maximum", error.Reason, StringComparison.Ordinal);
        Assert.Contains("lambda above 0", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneColumnSeparatesSomeRows_IsRefusedWithoutPenalty()
    {
        // Every row in which x2 is 1 has the event; the others are mixed (quasi-complete separation).
        var table = Series([0, 1, 0, 1, 0, 1, 1, 1], ("x1", [1, 2, 3, 1, 2, 3, 2, 1]), ("x2", [0, 0, 0, 0, 0, 0, 1, 1]));

        Assert.Equal("x2", Assert.Throws<FittingException>(() => ElasticNet.Fit(table, Both, 0, new ElasticNetOptions())).Subject);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Fit_SeparatedWithPenalty_Converges(double alpha)
    {
        var model = ElasticNet.Fit(Separated, Both, 1e-4, new ElasticNetOptions { Alpha = alpha });

        Assert.True(model.Diagnostics.Converged);
        Assert.All(Coefficients(model), coefficient => Assert.True(double.IsFinite(coefficient)));
    }

    [Fact]
    public void Fit_TermIsASumOfOthers_IsRefusedWithoutPenalty()
    {
        var rows = Rows(Reference).Select(row => row with { Values = [.. row.Values, row.Values[0] - (2 * row.Values[1])] }).ToList();
        var table = new TrainingTable(Outcome, ["x1", "x2", "x3"], rows);
        var design = FeatureDesign.Linear("x1", "x2", "x3");

        Assert.Equal("x3", Assert.Throws<FittingException>(() => ElasticNet.Fit(table, design, 0, new ElasticNetOptions())).Subject);
        Assert.True(ElasticNet.Fit(table, design, 0.01, new ElasticNetOptions()).Diagnostics.Converged);
        Assert.True(ElasticNet.Fit(table, design, 0.01, new ElasticNetOptions { Alpha = 1 }).Diagnostics.Converged);
    }

    [Fact]
    public void Fit_OneOutcomeAlone_IsRefused()
    {
        var table = Series([0, 0, 0], ("x1", [1, 2, 4]), ("x2", [3, 1, 2]));

        Assert.Equal("onset", Assert.Throws<FittingException>(() => ElasticNet.Fit(table, Both, 1, new ElasticNetOptions())).Subject);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fit_LambdaIsNoPenalty_IsRefused(double lambda) =>
        Assert.Equal(
            "lambda",
            Assert.Throws<FittingException>(() => ElasticNet.Fit(Reference, Both, lambda, new ElasticNetOptions())).Subject
        );

    [Fact]
    public void Fit_OptionsOutOfRange_AreRefused()
    {
        Assert.Equal("alpha", Subject(new ElasticNetOptions { Alpha = 1.1 }));
        Assert.Equal("alpha", Subject(new ElasticNetOptions { Alpha = double.NaN }));
        Assert.Equal("tolerance", Subject(new ElasticNetOptions { Tolerance = 0 }));
        Assert.Equal("maximumIterations", Subject(new ElasticNetOptions { MaximumIterations = 0 }));
        Assert.Equal("pathLength", Subject(new ElasticNetOptions { PathLength = 1 }));
        Assert.Equal("smallestLambdaRatio", Subject(new ElasticNetOptions { SmallestLambdaRatio = 1 }));
    }

    [Fact]
    public void Fit_TooFewSteps_SaysSo()
    {
        var options = new ElasticNetOptions { MaximumIterations = 1, Tolerance = 1e-13 };

        Assert.False(ElasticNet.Fit(Reference, Both, 0.001, options).Diagnostics.Converged);
        Assert.Throws<FittingException>(() => ElasticNet.Fit(Reference, Both, 0, options));
    }

    [Fact]
    public void Fit_ValuesTooLargeToSquare_AreRefused()
    {
        var table = Series([0, 1, 0, 1], ("x1", [1e200, -1e200, 3e200, 0]), ("x2", [1, 2, 3, 4]));

        Assert.Equal(
            "x1·x1",
            Assert
                .Throws<FittingException>(() =>
                    ElasticNet.Fit(table, Both.WithInteraction("x1", "x1") with { Terms = [new("x1", "x1")] }, 1, new ElasticNetOptions())
                )
                .Subject
        );
    }

    [Fact]
    public void Fit_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            ElasticNet.Fit(Reference, Both, 0.1, new ElasticNetOptions(), new CancellationToken(canceled: true))
        );

    private static string Subject(ElasticNetOptions options) =>
        Assert.Throws<FittingException>(() => ElasticNet.FitPath(Reference, Both, options)).Subject;
}
