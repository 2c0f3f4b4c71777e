using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Every policy for missing data, worked by hand.</summary>
public class MissingDataTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void Score_WeightsRenormalised_IsWhatIsThereAndHalfACountTowardsTheMiddle()
    {
        // Weights 1, 2, 5; the one of 2 is missing. Those there: (1·30 + 5·60) / 6 = 55; they count for n = 6² / (1 + 25) = 36/26 children.
        // The missing one: (n·0.55 + 0.5) / (n + 1) = 32.8 / 62; score = (330 + 2·3280/62) / 8; coverage = 6 / 8, at the floor of 0.75.
        var root = Node("index", new RenormaliseWeights(0.75), Leaf("a", 1), Leaf("b", 2), Leaf("c", 5));

        var state = State(Framework(root), ("a", 30), ("c", 60));

        Assert.Equal((330 + (2 * 3280 / 62.0)) / 8, state.Score!.Value, Exact);
        Assert.Equal(state.Score!.Value - 55, state.FromMissing(0), Exact);
        Assert.Equal(0.75, state.Coverage, Exact);
        Assert.Equal(1, state.LevelIndex);
    }

    [Fact]
    public void Score_BelowCoverageFloor_IsNone()
    {
        // Weights 1, 2, 5; only the first two are there: coverage = 3 / 8 = 0.375 < 0.75.
        var root = Node("index", new RenormaliseWeights(0.75), Leaf("a", 1), Leaf("b", 2), Leaf("c", 5));

        var state = State(Framework(root), ("a", 30), ("b", 60));

        Assert.Null(state.Score);
        Assert.Equal(0.375, state.Coverage, Exact);
        Assert.Equal(-1, state.LevelIndex);
    }

    [Fact]
    public void Score_FactorBelowItsFloor_LeavesFactorOutAndItsDataBacksNothing()
    {
        // Factor f (weight 1) has one of three: 1/3 < 0.5, no score. Factor g (weight 3) is complete: (20 + 60) / 2 = 40.
        // f at (n·0.4 + 0.5) / (n + 1) with n = 1: 0.45; index = (3·40 + 45) / 4.
        // Data: coverage = 1/4·1/3 + 3/4·1 = 10/12. Backing is 3/4 only, which still meets the floor 0.75.
        var f = Node("f", new RenormaliseWeights(0.5), Leaf("f1"), Leaf("f2"), Leaf("f3"));
        var g = Node("g", new RenormaliseWeights(0.5), Leaf("g1"), Leaf("g2")) with { Weight = 3 };

        var state = State(Framework(Node("index", new RenormaliseWeights(0.75), f, g)), ("f1", 90), ("g1", 20), ("g2", 60));
        var stricter = State(Framework(Node("index", new RenormaliseWeights(0.8), f, g)), ("f1", 90), ("g1", 20), ("g2", 60));

        Assert.Equal((120 + 45) / 4.0, state.Score!.Value, Exact);
        Assert.Equal(10.0 / 12, state.Coverage, Exact);
        Assert.Null(stricter.Score);
        Assert.Equal(10.0 / 12, stricter.Coverage, Exact);
    }

    [Theory]
    [InlineData(100, 72.5)] // worst case: (1·30 + 2·100 + 5·70) / 8 = 580 / 8
    [InlineData(50, 60.0)] // neutral:    (1·30 + 2·50 + 5·70) / 8 = 480 / 8
    public void Score_ValueHeld_CountsItWithFullWeight(double held, double expected)
    {
        var root = Node("index", new HoldValue(held), Leaf("a", 1), Leaf("b", 2), Leaf("c", 5));

        var state = State(Framework(root), ("a", 30), ("c", 70));

        Assert.Equal(expected, state.Score!.Value, Exact);
        Assert.Equal(6.0 / 8, state.Coverage, Exact);
    }

    [Fact]
    public void Score_NothingObserved_IsNoneWhateverIsHeld()
    {
        var state = State(Framework(Node("index", new HoldValue(100), Leaf("a"), Leaf("b"))));

        Assert.Null(state.Score);
        Assert.Equal((0, -1), (state.Coverage, state.LevelIndex));
    }

    [Fact]
    public void Score_IncompleteRefused_IsNoneUntilComplete()
    {
        // Weights 1 and 3: (1·40 + 3·80) / 4 = 70 once both are there; the unweighted c is never missed.
        var state = State(Framework(Node("index", new RefuseIncomplete(), Leaf("a", 1), Leaf("b", 3), Leaf("c", 0))), ("a", 40));
        Assert.Null(state.Score);
        Assert.Equal(0.25, state.Coverage, Exact);

        state.Set(Find(state, "b"), 80);
        state.Update();

        Assert.Equal(70, state.Score!.Value, Exact);
        Assert.Equal(1, state.Coverage, Exact);
        Assert.Equal(2, state.LevelIndex);
    }

    [Fact]
    public void Score_LogisticHeldAtDefaults_UsesThem()
    {
        // log-odds = -2 + 0.5·4 (a) + 1·1 (b held at 1) = 1; p = 1 / (1 + e^-1) = 0.7310585786300049
        // shares of coverage: a 0.5·10 = 5, b 1·2 = 2; a alone is 5/7.
        var model = Logistic(
            -2,
            new HoldDefaults(),
            new("a", 0.5) { Default = 3, Range = new(0, 10) },
            new("b", 1) { Default = 1, Range = new(0, 2) }
        );

        var state = State(model, ("a", 4));

        Assert.Equal(0.7310585786300049, state.Score!.Value, Exact);
        Assert.Equal(5.0 / 7, state.Coverage, Exact);
        Assert.Equal(1, state.LevelIndex);
    }

    [Fact]
    public void Score_LogisticIncompleteRefused_MissesOnlyWhatHasACoefficient()
    {
        // log-odds = -2 + 0.5·4 = 0; p = 0.5. The predictor with coefficient 0 is missing all the time.
        var model = Logistic(-2, new RefuseIncomplete(), new Predictor("a", 0.5), new Predictor("none", 0));

        Assert.Null(State(model, ("none", 1)).Score);
        Assert.Equal(0.5, State(model, ("a", 4)).Score!.Value, Exact);
    }
}
