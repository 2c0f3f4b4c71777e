using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>What holds for every score.</summary>
public class ScoreTests
{
    [Fact]
    public void Score_AnyFramework_StaysInItsRange() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    for (var node = 0; node <= play.Compiled.Root; node++)
                    {
                        var (low, high) = play.Compiled.NodeRange(node);
                        Assert.InRange(state.NodeScore(node) ?? low, low, high);
                        Assert.InRange(state.NodeCoverage(node), 0, 1 + 1e-12);
                    }

                    Assert.Equal(state.Score is null, state.LevelIndex == -1);
                },
                iter: 2_000
            );

    [Fact]
    public void Score_LeafMovesInItsDirection_NeverMovesTheOtherWay() =>
        Gen.Select(Generators.Cases(Generators.Monotone), Gen.Double[0, 1])
            .Sample(
                (play, share) =>
                {
                    var state = play.Play();
                    var leaf = play.Steps[^1].LeafIn(play.Compiled);
                    if (leaf >= play.Compiled.ScoredLeafCount || state.LeafValue(leaf) is not { } value || state.Score is not { } before)
                        return;
                    var (low, high) = Step.RangeOf(play.Model, play.Compiled.Leaves[leaf].Indicator);

                    state.Set(leaf, value + (share * (high - low)), state.LeafStandardError(leaf));
                    state.Update();

                    var change = (state.Score!.Value - before) * Sign(play.Model, play.Compiled.Leaves[leaf].Indicator);
                    Assert.True(change >= -1e-9, $"The score moved by {change:R} against the direction of the indicator.");
                },
                iter: 2_000
            );

    [Fact]
    public void Score_AllWeightsOfANodeTimesTheSame_StaysAsItIs() =>
        Gen.Select(Generators.Cases(Generators.Composite), Gen.Double[0.001, 1000])
            .Sample(
                (play, factor) =>
                {
                    var composite = (CompositeFramework)play.Model;
                    var state = play.Play();
                    var scaled = (play with { Model = composite with { Root = Scale(composite.Root, factor) } }).Play();

                    // A coverage that stands exactly at a floor may fall to either side of it by rounding.
                    if (state.Score is { } score && scaled.Score is { } other)
                        Assert.Equal(score, other, 1e-9);
                    Assert.Equal(state.Coverage, scaled.Coverage, 1e-12);
                },
                iter: 2_000
            );

    [Fact]
    public void Score_SameInputsAgain_IsTheSameBits() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var (one, two) = (play.Play(), new Case(play.Model, play.Steps).Play());
                    Assert.Equal(
                        BitConverter.DoubleToInt64Bits(one.Score ?? double.NaN),
                        BitConverter.DoubleToInt64Bits(two.Score ?? double.NaN)
                    );
                    Assert.Equal(
                        StateDistribution.Of(one, 256).Range(one.Framework.Root),
                        StateDistribution.Of(two, 256).Range(one.Framework.Root)
                    );
                },
                iter: 500
            );

    [Fact]
    public void Clear_LeafWithWeight_LowersTheCoverage() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    for (var leaf = 0; leaf < play.Compiled.LeafCount; leaf++)
                    {
                        if (state.LeafValue(leaf) is null || IsDivided(play, leaf))
                            continue;
                        var (score, coverage) = (state.Score, state.Coverage);
                        state.Clear(leaf);
                        state.Update();
                        if (play.Compiled.Leaves[leaf].EffectiveWeight > 0)
                            Assert.True(state.Coverage < coverage, "Data went missing and the coverage did not fall.");
                        else if (!HasPresenceFloors(play))
                            Assert.Equal((score, coverage), (state.Score, state.Coverage));
                    }

                    for (var leaf = 0; leaf < play.Compiled.LeafCount; leaf++)
                        state.Clear(leaf);
                    state.Update();
                    Assert.Equal(0, state.Coverage);
                },
                iter: 1_000
            );

    [Fact]
    public void EffectiveWeights_AnyFramework_AddUpToOneAndGiveTheCoverage() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    var state = play.Play();
                    Assert.Equal(1, play.Compiled.Leaves.Sum(leaf => leaf.EffectiveWeight), 1e-12);
                    var known = play.Compiled.Leaves.Where(leaf => state.LeafInput(leaf.Index) is not null && !state.IsImputed(leaf.Index));
                    Assert.Equal(known.Sum(leaf => leaf.EffectiveWeight), state.Coverage, 1e-12);
                },
                iter: 500
            );

    /// <summary>Whether a leaf divides others or is divided.</summary>
    private static bool IsDivided(Case play, int leaf) =>
        leaf >= play.Compiled.ScoredLeafCount
        || (
            play.Model is CompositeFramework tree
            && NaiveScales.LeavesOf(tree.Root).Any(one => one.Code == play.Compiled.Leaves[leaf].Indicator && one.Denominator is not null)
        );

    /// <summary>Whether an indicator without a weight can take a score away, by a floor that counts one by one.</summary>
    private static bool HasPresenceFloors(Case play) => play.Model is CompositeFramework { Reference: not null };

    private static Node Scale(Node node, double factor) =>
        node with
        {
            Children =
            [
                .. node.Children.Select(child =>
                    (child is Node inner ? Scale(inner, factor) : child) with
                    {
                        Weight = child.Weight * factor,
                    }
                ),
            ],
        };

    /// <summary>+1 if more of the indicator is more risk, −1 if it is less.</summary>
    private static int Sign(Framework model, string indicator)
    {
        if (model is LogisticFramework logistic)
            return Math.Sign(logistic.Predictors.Single(predictor => predictor.Indicator == indicator).Coefficient);
        return Walk(((CompositeFramework)model).Root, 1)!.Value;

        int? Walk(Element element, int sign)
        {
            sign *= element.Direction == Direction.Lowers ? -1 : 1;
            if (element is Node node)
                return node.Children.Select(child => Walk(child, sign)).FirstOrDefault(found => found is not null);
            if (element.Code != indicator)
                return null;

            // The scores of bands stand for themselves.
            return ((Leaf)element).Normalisation is CategoricalBands && element.Direction == Direction.Lowers ? -sign : sign;
        }
    }
}
