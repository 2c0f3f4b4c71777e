using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>Probabilities on which decisions stand.</summary>
public class DecisionTests
{
    private static readonly Framework _model = Framework(Node(
        "index", new RefuseIncomplete(), Node("f", new RefuseIncomplete(), Leaf("a"), Leaf("b")), Leaf("c")));

    private static readonly ulong _seed = Seed.Of("test", 1, "XXX", 12);

    [Fact]
    public void ProbabilityAtLeast_NormalErrors_IsTheTailWithinItsError()
    {
        // f is 50 ± 5 and the index 50 ± 2.5: at least 52.5 is Φ(−1).
        var state = State(6, 8, 0);

        var probability = MonteCarlo.ProbabilityAtLeast(state, state.Framework.Root, 52.5, _seed)!.Value;

        Assert.Equal(0.15865525, probability.Value, 4 * probability.StandardError);
        Assert.Equal(0.15865525, MonteCarlo.ProbabilityAtLeast(state, 0, 55, _seed)!.Value.Value, 4 * probability.StandardError);
        Assert.InRange(probability.StandardError, 0.0027, 0.003);
    }

    [Fact]
    public void ProbabilityAtLeast_SameSeed_IsTheSameBits()
    {
        var (one, other) = (State(6, 8, 1), State(6, 8, 1));

        Assert.Equal(MonteCarlo.ProbabilityAtLeast(one, 1, 52, _seed), MonteCarlo.ProbabilityAtLeast(other, 1, 52, _seed));
        Assert.NotEqual(MonteCarlo.ProbabilityAtLeast(one, 1, 52, _seed), MonteCarlo.ProbabilityAtLeast(one, 1, 52, _seed + 1));
    }

    [Fact]
    public void ProbabilityAtLeast_ExactData_IsZeroOrOne()
    {
        var state = State(0, 0, 0);

        Assert.Equal(new ProbabilityEstimate(1, 0), MonteCarlo.ProbabilityAtLeast(state, 1, 50, _seed));
        Assert.Equal(new ProbabilityEstimate(0, 0), MonteCarlo.ProbabilityAtLeast(state, 1, 50.000001, _seed));
    }

    [Fact]
    public void ProbabilityAtLeast_NoScore_IsNull()
    {
        var state = Trees.State(_model, ("a", 40), ("b", 60));

        Assert.Null(MonteCarlo.ProbabilityAtLeast(state, state.Framework.Root, 50, _seed));
        Assert.Equal(1, MonteCarlo.ProbabilityAtLeast(state, 0, 50, _seed)!.Value.Value);
    }

    [Fact]
    public void Run_PresentState_DrawsWhatTheDecisionDrew()
    {
        var state = State(6, 8, 1);

        var distribution = MonteCarlo.Run(state, new() { Seed = _seed, Draws = MonteCarlo.DecisionDraws, AtLeast = [52] });

        Assert.Equal(MonteCarlo.ProbabilityAtLeast(state, state.Framework.Root, 52, _seed), distribution.AtLeast[0]);
    }

    [Fact]
    public void Run_MoreDraws_AllocateNothingButTheirScores()
    {
        var state = State(6, 8, 1);
        var few = Allocated(10_000);

        Assert.InRange(Allocated(110_000) - few, 800_000 - 2_000, 800_000 + 2_000);

        long Allocated(int draws)
        {
            MonteCarlo.ProbabilityAtLeast(state, 1, 52, _seed, draws);
            var before = GC.GetAllocatedBytesForCurrentThread();
            MonteCarlo.ProbabilityAtLeast(state, 1, 52, _seed, draws);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static ScoreState State(double a, double b, double c)
    {
        var state = new ScoreState(CompiledFramework.Compile(_model));
        state.Set(0, 40, a);
        state.Set(1, 60, b);
        state.Set(2, 50, c);
        state.Update();
        return state;
    }
}
