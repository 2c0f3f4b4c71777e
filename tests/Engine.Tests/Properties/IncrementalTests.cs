using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>However a state came about, it is the same bits.</summary>
public class IncrementalTests
{
    [Fact]
    public void Update_AnySequence_EqualsRecomputationBitwise() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = new ScoreState(play.Compiled, play.Country);
                    foreach (var step in play.Steps)
                    {
                        step.Apply(state);
                        state.Update();
                        AssertSame(Rebuilt(state), state);
                    }
                },
                iter: 300
            );

    [Fact]
    public void Update_OnceForManyChanges_EqualsOnceForEachBitwise() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var batch = new ScoreState(play.Compiled, play.Country);
                    foreach (var step in play.Steps)
                        step.Apply(batch);
                    batch.Update();

                    AssertSame(play.Play(), batch);
                },
                iter: 1_000
            );

    [Fact]
    public void Set_LeavesInReverseOrder_GivesTheSameBits() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    var reversed = new ScoreState(play.Compiled, play.Country);
                    for (var leaf = play.Compiled.LeafCount - 1; leaf >= 0; leaf--)
                        if (state.LeafValue(leaf) is { } value)
                            reversed.Set(leaf, value, state.LeafStandardError(leaf));
                    reversed.Update();

                    AssertSame(state, reversed);
                },
                iter: 1_000
            );

    [Fact]
    public void CopyFrom_ThenPlayOn_LeavesTheOriginalAsItWas() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var original = play.Play(play.Steps.Count / 2);
                    var copy = new ScoreState(play.Compiled, play.Country);
                    copy.CopyFrom(original);
                    AssertSame(original, copy);

                    foreach (var step in play.Steps.Skip(play.Steps.Count / 2))
                    {
                        step.Apply(copy);
                        copy.Update();
                    }

                    AssertSame(play.Play(), copy);
                    AssertSame(play.Play(play.Steps.Count / 2), original);
                },
                iter: 300
            );

    /// <summary>From leaf, value and standard error alone, as a snapshot keeps them.</summary>
    private static ScoreState Rebuilt(ScoreState state)
    {
        var rebuilt = new ScoreState(state.Framework, state.Country);
        for (var leaf = 0; leaf < state.Framework.LeafCount; leaf++)
            if (state.LeafValue(leaf) is { } value)
                rebuilt.Set(leaf, value, state.LeafStandardError(leaf));
        rebuilt.Recompute();
        return rebuilt;
    }

    private static void AssertSame(ScoreState expected, ScoreState actual)
    {
        for (var node = 0; node <= expected.Framework.Root; node++)
        {
            Assert.Equal(Bits(expected.NodeScore(node)), Bits(actual.NodeScore(node)));
            Assert.Equal(Bits(expected.NodeCoverage(node)), Bits(actual.NodeCoverage(node)));
        }

        Assert.Equal(Trees.Contributions(expected), Trees.Contributions(actual));
    }

    private static long? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : null;
}
