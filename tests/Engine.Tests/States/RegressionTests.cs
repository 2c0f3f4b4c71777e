using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Products, calibrations and ensembles worked by hand.</summary>
public class RegressionTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void Score_ProductAndSquare_AreTermsOfTheSum()
    {
        // −2 + 0.5·3 + 0.25·3·4 − 0.1·4² = −2 + 1.5 + 3 − 1.6 = 0.9.
        var model = Logistic(-2, new RefuseIncomplete(), new Predictor("a", 0.5), new Predictor("b", 0)) with
        {
            Interactions = [new(0.25, ["a", "b"]), new(-0.1, ["b", "b"])],
        };

        Assert.Equal(1 / (1 + Math.Exp(-0.9)), State(model, ("a", 3), ("b", 4)).Score!.Value, Exact);
        Assert.Null(State(model, ("a", 3)).Score);
    }

    [Fact]
    public void Score_FactorHeldAtItsDefault_IsInTheProductToo()
    {
        // a is 3, b is held at 2: 0.5·3 + 0.25·3·2 = 3.
        var model = Logistic(
            0,
            new HoldDefaults(),
            new Predictor("a", 0.5) { Default = 1, Range = new(0, 4) },
            new Predictor("b", 0) { Default = 2, Range = new(0, 6) }
        ) with
        {
            Interactions = [new(0.25, ["a", "b"])],
        };

        var state = State(model, ("a", 3));

        Assert.Equal(1 / (1 + Math.Exp(-3)), state.Score!.Value, Exact);

        // a moves the sum by 0.5·4 over its range, and the product by 0.25·24 = 6, of which each factor has half: 5 and 3.
        Assert.Equal(5.0 / 8, state.Coverage, Exact);
        Assert.Equal([5.0 / 8, 3.0 / 8], state.Framework.Leaves.Select(leaf => leaf.EffectiveWeight));
    }

    [Fact]
    public void Score_Platt_StretchesTheLogOdds()
    {
        // 2·(−1 + 1·3) − 0.5 = 3.5.
        var model = Logistic(-1, new RefuseIncomplete(), new Predictor("a", 1)) with { Calibration = new PlattCalibration(2, -0.5) };

        Assert.Equal(1 / (1 + Math.Exp(-3.5)), State(model, ("a", 3)).Score!.Value, Exact);
    }

    [Fact]
    public void Score_Ensemble_IsTheCalibratedMeanOfProbabilities()
    {
        // Members 1 / (1 + e⁻¹) and 1 / (1 + e²) with weights 1 and 3.
        var state = State(
            Ensemble(new RefuseIncomplete()) with
            {
                Calibration = new IsotonicCalibration([new(0, 0.1), new(1, 0.9)]),
            },
            ("a", 1),
            ("b", 1)
        );
        var mean = ((1 / (1 + Math.Exp(-1))) + (3 / (1 + Math.Exp(2)))) / 4;

        Assert.Equal(0.1 + (0.8 * mean), state.Score!.Value, Exact);
        Assert.Equal([1 / (1 + Math.Exp(-1)), 1 / (1 + Math.Exp(2))], [state.NodeScore(0)!.Value, state.NodeScore(1)!.Value]);
    }

    [Fact]
    public void Score_EnsembleWithAGap_IsNoneOrHeldInEveryMember()
    {
        // a feeds both members, b the second alone.
        Assert.Null(State(Ensemble(new RefuseIncomplete()), ("b", 1)).Score);
        Assert.Null(State(Ensemble(new RefuseIncomplete()), ("a", 1)).Score);
        Assert.Equal(
            State(Ensemble(new RefuseIncomplete()), ("a", 0.5), ("b", 1)).Score,
            State(Ensemble(new HoldDefaults()), ("b", 1)).Score
        );
    }

    private static EnsembleFramework Ensemble(MissingDataPolicy missing)
    {
        var a = new Predictor("a", 1) { Default = 0.5, Range = new(0, 1) };
        return new EnsembleFramework
        {
            Id = "test",
            Version = 1,
            Bands = [new("low", 0), new("high", 0.5)],
            Missing = missing,
            Members =
            [
                new EnsembleMember("one") { Intercept = 0, Predictors = [a] },
                new EnsembleMember("two", 3)
                {
                    Intercept = -1,
                    Predictors = [a with { Coefficient = -2 }, new("b", 1) { Default = 0, Range = new(0, 1) }],
                },
            ],
        };
    }
}
