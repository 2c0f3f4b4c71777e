using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>Probabilities on which decisions stand.</summary>
public class DecisionTests
{
    private static readonly Framework _model = Framework(
        Node("index", new RefuseIncomplete(), Node("f", new RefuseIncomplete(), Leaf("a"), Leaf("b")), Leaf("c"))
    );

    [Fact]
    public void AtLeast_NormalErrors_IsTheTailWithinItsError()
    {
        // f is 50 ± 5 and the index 50 ± 2.5: at least 52.5 is Φ(−1); four times √(0.16·0.84/16,384).
        var distribution = Decide(State(6, 8, 0));

        Assert.Equal(0.15865525, distribution.AtLeast(1, 52.5)!.Value, 0.0114);
        Assert.Equal(0.15865525, distribution.AtLeast(0, 55)!.Value, 0.0114);
    }

    [Fact]
    public void AtLeast_SameState_IsTheSameBits()
    {
        Assert.Equal(Decide(State(6, 8, 1)).AtLeast(1, 52), Decide(State(6, 8, 1)).AtLeast(1, 52));
        Assert.NotEqual(Decide(State(6, 8, 1)).AtLeast(1, 52), Decide(State(6, 8, 1, "YYY")).AtLeast(1, 52));
    }

    [Fact]
    public void AtLeast_ExactData_IsZeroOrOne()
    {
        var distribution = Decide(State(0, 0, 0));

        Assert.Equal((1, 0), (distribution.AtLeast(1, 50), distribution.AtLeast(1, 50.000001)));
        Assert.Equal(new NodeRange(50, 50, 1), distribution.Range(1));
    }

    [Fact]
    public void AtLeast_NoScore_IsNull()
    {
        var state = new ScoreState(CompiledFramework.Compile(_model));
        state.Set(0, 40, 0);
        state.Set(1, 60, 0);
        state.Update();
        var distribution = Decide(state);

        Assert.Null(distribution.AtLeast(1, 50));
        Assert.Equal(1, distribution.AtLeast(0, 50));
    }

    [Fact]
    public void Of_MoreDraws_BeginsWithTheFewer()
    {
        var state = State(6, 8, 1);

        var (few, many) = (StateDistribution.Of(state, 4_096), StateDistribution.Of(state, 16_384));

        Assert.Equal(few.Drawn(1).ToArray(), many.Drawn(1)[..4_096].ToArray());
    }

    private static StateDistribution Decide(ScoreState state) => StateDistribution.Of(state, StateDistribution.DecisionDraws);

    private static ScoreState State(double a, double b, double c, string country = "XXX")
    {
        var state = new ScoreState(CompiledFramework.Compile(_model), new ReferenceUnit(country));
        state.Set(0, 40, a);
        state.Set(1, 60, b);
        state.Set(2, 50, c);
        state.Update();
        return state;
    }
}
