using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>Score, range and probabilities are of one distribution, in any framework with any gaps and errors.</summary>
public class DistributionTests
{
    [Fact]
    public void Score_AnyFrameworkGapsAndErrors_IsTheMeanOfItsDraws() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    var distribution = StateDistribution.Of(state);
                    for (var node = 0; node <= play.Compiled.Root; node++)
                    {
                        if (state.NodeScore(node) is not { } score)
                            continue;
                        var drawn = distribution.Drawn(node).ToArray();
                        var (mean, deviation) = (drawn.Average(), Math.Sqrt(Math.Max(0, SampleMoments.Variance(drawn))));

                        // A node that is not linear has the mean of the first 256 of the draws.
                        var error = deviation / Math.Sqrt(IsLinear(play, node) ? drawn.Length : 256);
                        Assert.InRange(score, mean - (4 * error) - Rounding(mean), mean + (4 * error) + Rounding(mean));
                    }
                },
                iter: 500
            );

    [Fact]
    public void Range_AnyFrameworkGapsAndErrors_HoldsTheScoreAndSaysWhatItHolds()
    {
        var (ranges, extended) = (0, 0);
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    var distribution = StateDistribution.Of(state, 1_024);
                    for (var node = 0; node <= play.Compiled.Root; node++)
                    {
                        if (distribution.Range(node) is not { } range)
                            continue;
                        Assert.InRange(state.NodeScore(node)!.Value, range.Low, range.High);
                        var drawn = distribution.Drawn(node).ToArray();
                        Assert.Equal(drawn.Count(score => score >= range.Low && score <= range.High) / 1_024.0, range.Probability);
                        Assert.InRange(range.Probability, 0.898, 1);
                    }
                },
                iter: 500
            );
        Generators
            .Cases(Generators.Arithmetic)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    if (StateDistribution.Of(state, 1_024) is var distribution && distribution.Range(play.Compiled.Root) is not { } range)
                        return;
                    var drawn = distribution.Drawn(play.Compiled.Root).ToArray();
                    Array.Sort(drawn);
                    Interlocked.Increment(ref ranges);
                    if (state.Score < Quantile.OfSorted(drawn, 0.05) - 1e-9 || state.Score > Quantile.OfSorted(drawn, 0.95) + 1e-9)
                        Interlocked.Increment(ref extended);
                },
                iter: 1_000
            );

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{extended} of {ranges} ranges of arithmetic trees had to be extended to the score."
        );
        Assert.InRange(extended, 0, ranges / 100);
    }

    [Fact]
    public void Contributions_AnyFrameworkGapsAndErrors_AddUpToTheScore() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    if (state.Score is not { } score)
                        return;
                    var root = play.Compiled.Root;
                    var sum =
                        state.BaselineScore() + Trees.Contributions(state).Sum() + state.FromMissing(root) + state.FromUncertainty(root);
                    Assert.Equal(score, sum, 1e-7 * Math.Max(1, Math.Abs(score)));
                },
                iter: 1_000
            );

    /// <summary>
    /// A leaf of least risk that goes missing lowers no probability of a level: what its own value held up is nothing. By the same draws,
    /// so without any tolerance but rounding.
    /// </summary>
    [Fact]
    public void AtLeast_LeafOfLeastRiskGoesMissing_IsNeverLess() =>
        Generators
            .Cases(Generators.Arithmetic)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    var leaf = play.Steps[^1].LeafIn(play.Compiled);
                    if (state.LeafValue(leaf) is null || state.Score is null)
                        return;
                    var (low, high) = Step.RangeOf(play.Model, play.Compiled.Leaves[leaf].Indicator);
                    state.Set(leaf, low, 0);
                    state.Update();
                    var atLow = state.Score!.Value;
                    state.Set(leaf, high, 0);
                    state.Update();
                    if (atLow < state.Score)
                        state.Set(leaf, low, 0);
                    state.Update();
                    var (with, scored) = (StateDistribution.Of(state, 256), Scored(state));
                    state.Clear(leaf);
                    state.Update();

                    // Where a node above falls below its floor, more than the leaf goes missing.
                    if (state.Score is null || !scored.SequenceEqual(Scored(state)))
                        return;
                    var before = with.Drawn(play.Compiled.Root);
                    var after = StateDistribution.Of(state, 256).Drawn(play.Compiled.Root);
                    for (var draw = 0; draw < before.Length; draw++)
                        Assert.True(after[draw] >= before[draw] - 1e-9, $"{after[draw]:R} is less than {before[draw]:R}.");
                },
                iter: 2_000
            );

    private static double Rounding(double mean) => 1e-3 + (1e-9 * Math.Abs(mean));

    private static IEnumerable<bool> Scored(ScoreState state) =>
        [.. Enumerable.Range(0, state.Framework.Nodes.Length).Select(node => !double.IsNaN(state.AggregateOf(node)))];

    private static bool IsLinear(Case play, int node)
    {
        var layout = play.Compiled.Layout;
        var plan = layout.NodePlans[node];
        return plan.IsLinear
            && Enumerable
                .Range(plan.First, plan.End - plan.First)
                .All(slot => layout.Occupants[slot] is var child && (child < 0 || IsLinear(play, child)));
    }
}
