using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>Parts add up to the whole, and only what had a part in it has one.</summary>
public class AttributionTests
{
    [Fact]
    public void Contributions_AnyFramework_SumToTheScore() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    var parts = Trees.Contributions(state);
                    var sum = parts.Sum();

                    if (state.Score is { } score)
                        AssertClose(score, state.BaselineScore() + sum + Rest(state), Scale(play, score, state.BaselineScore(), parts));
                    else
                        Assert.Equal(0, sum);
                },
                iter: 2_000
            );

    [Fact]
    public void Contributions_CompositeWithCappedLeaves_AreNeverNegative() =>
        Generators
            .Cases(Generators.Composite)
            .Sample(play => Assert.All(Trees.Contributions(play.Play()), part => Assert.True(part >= -1e-9)), iter: 2_000);

    [Fact]
    public void Contributions_AllAtLeastRisk_AreZero() =>
        Generators
            .Cases(Generators.Composite)
            .Sample(
                play =>
                {
                    var state = new ScoreState(play.Compiled);
                    var composite = (CompositeFramework)play.Model;
                    SetToLeastRisk(composite.Root, mirrored: false, state);
                    state.Update();

                    Assert.Equal(composite.ScaleFloor, state.Score!.Value, 1e-9);
                    Assert.All(Trees.Contributions(state), part => Assert.Equal(0, part, 1e-9));
                },
                iter: 500
            );

    [Fact]
    public void Change_AnyTwoMoments_SumsToTheDifference() =>
        Gen.Select(Generators.Cases(Generators.Any), Gen.Int[0, 60])
            .Sample(
                (play, moment) =>
                {
                    var (earlier, later) = (play.Play(moment), play.Play());
                    var parts = new double[play.Compiled.LeafCount];

                    var known = later.TryAttributeChange(earlier, parts);

                    Assert.Equal(earlier.Score is not null && later.Score is not null, known);
                    if (known)
                        AssertClose(
                            later.Score!.Value - earlier.Score!.Value,
                            parts.Sum() + Rest(later) - Rest(earlier),
                            Scale(play, later.Score!.Value, earlier.Score!.Value, parts)
                        );
                    for (var leaf = 0; leaf < parts.Length; leaf++)
                        if (
                            earlier.LeafValue(leaf) == later.LeafValue(leaf)
                            && earlier.LeafStandardError(leaf) == later.LeafStandardError(leaf)
                            && EveryNodeKeepsItsScore(play, earlier, later)
                        )
                            Assert.Equal(0, parts[leaf]);
                },
                iter: 2_000
            );

    [Fact]
    public void Change_TheOtherWayRound_HasTheOtherSigns() =>
        Gen.Select(Generators.Cases(Generators.Any), Gen.Int[0, 60])
            .Sample(
                (play, moment) =>
                {
                    var (earlier, later) = (play.Play(moment), play.Play());
                    var (forth, back) = (new double[play.Compiled.LeafCount], new double[play.Compiled.LeafCount]);

                    later.TryAttributeChange(earlier, forth);
                    earlier.TryAttributeChange(later, back);

                    for (var leaf = 0; leaf < forth.Length; leaf++)
                        AssertClose(forth[leaf], -back[leaf], play.Model.Ceiling);
                },
                iter: 1_000
            );

    /// <summary>
    /// The largest of the two scores and of the parts; on the scale up to 100 at least 0.001, because mirrored values round at 1e-14.
    /// </summary>
    private static double Scale(Case play, double one, double other, double[] parts) =>
        Math.Max(Math.Max(one, other), Math.Max(parts.Max(Math.Abs), play.Model is CompositeFramework ? 0.001 : 0));

    /// <summary>What is no leaf's: what missing children did, and uncertainty.</summary>
    private static double Rest(ScoreState state) => state.FromMissing(state.Framework.Root) + state.FromUncertainty(state.Framework.Root);

    private static bool EveryNodeKeepsItsScore(Case play, ScoreState earlier, ScoreState later) =>
        Enumerable.Range(0, play.Compiled.Root + 1).All(node => earlier.NodeScore(node) is null == later.NodeScore(node) is null);

    private static void SetToLeastRisk(Node node, bool mirrored, ScoreState state)
    {
        foreach (var child in node.Children)
        {
            var lowers = mirrored ^ (child.Direction == Direction.Lowers);
            if (child is Node inner)
            {
                SetToLeastRisk(inner, lowers, state);
                continue;
            }

            var posts = (Goalposts)((Leaf)child).Normalisation;
            state.Set(Trees.Find(state, child.Code), lowers ? posts.High : posts.Low);
        }
    }

    private static void AssertClose(double expected, double actual, double scale) =>
        Assert.True(
            Math.Abs(expected - actual) <= 1e-9 * Math.Max(scale, Math.Abs(expected)),
            $"{actual:R} is not {expected:R} to 1e-9 of {scale:R} or of itself."
        );
}
