using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class FeatureDesignTests
{
    [Fact]
    public void Design_SquaresAndInteractions_AreProductsOfIndicators()
    {
        var design = FeatureDesign.Linear("a", "b").WithInteraction("a", "a").WithInteraction("a", "b", "c");

        Assert.Equal(["a", "b", "a·a", "a·b·c"], design.Terms.Select(term => term.Name));
    }

    [Fact]
    public void Fit_SameProductInAnotherOrder_IsRefused()
    {
        var design = FeatureDesign.Linear("x1").WithInteraction("x1", "x2").WithInteraction("x2", "x1");

        Assert.Equal("x1·x2", Refusal(design).Subject);
    }

    [Fact]
    public void Fit_UnknownIndicator_IsRefused() => Assert.Equal("x9", Refusal(FeatureDesign.Linear("x1", "x9")).Subject);

    [Fact]
    public void Fit_NoTerm_IsRefused() => Assert.Equal("terms", Refusal(new FeatureDesign([])).Subject);

    [Fact]
    public void Fit_TermWithoutIndicators_IsRefused() => Assert.Equal("terms", Refusal(new FeatureDesign([new FeatureTerm()])).Subject);

    [Fact]
    public void Probability_OfATermWithProducts_IsTheLogisticFunctionOfTheirSum()
    {
        // -1 + 0.5·2 + 0.25·2·2 - 0.1·2·3 = 0.4; columns that are not used may hold anything.
        var model = new FittedModel
        {
            Intercept = -1,
            Terms = [new(["a"], 0.5), new(["a", "a"], 0.25), new(["a", "b"], -0.1), new(["gone"], 0)],
            Diagnostics = new(0, 0, -1, -1, 1, true),
        };

        var scorer = model.For(["b", "unused", "a"]);

        Assert.Equal(0.4, scorer.LogOdds([3, double.NaN, 2]), 1e-15);
        Assert.Equal(1 / (1 + Math.Exp(-0.4)), scorer.Probability([3, double.NaN, 2]), 1e-15);
        Assert.Equal(double.NaN, scorer.Probability([double.NaN, 0, 2]));
        Assert.Equal(3, model.SelectedCount);
        Assert.Equal("b", Assert.Throws<FittingException>(() => model.For(["a"])).Subject);
    }

    private static FittingException Refusal(FeatureDesign design) =>
        Assert.Throws<FittingException>(() => ElasticNet.Fit(TrainingTables.Reference, design, 1, new ElasticNetOptions()));
}
