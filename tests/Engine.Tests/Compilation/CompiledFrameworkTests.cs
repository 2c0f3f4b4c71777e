using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Compilation;

public class CompiledFrameworkTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0.5);

    private static readonly CompiledFramework _compiled = CompiledFramework.Compile(
        Framework(
            Node(
                "index",
                _skip,
                Node("d1", _skip, Leaf("a", 1), Leaf("b", 3) with { Validity = TimeSpan.FromDays(90) }) with
                {
                    Weight = 3,
                },
                Leaf("c")
            )
        )
    );

    [Fact]
    public void Leaves_OfATree_StandInItsOrderWithEffectiveWeights()
    {
        // d1 has 3/4 of the whole: a 3/4·1/4, b 3/4·3/4; c has the last quarter.
        Assert.Equal(["a", "b", "c"], _compiled.Leaves.Select(leaf => leaf.Indicator));
        Assert.Equal([0.1875, 0.5625, 0.25], _compiled.Leaves.Select(leaf => leaf.EffectiveWeight));
        Assert.Equal([null, TimeSpan.FromDays(90), null], _compiled.Leaves.Select(leaf => leaf.Validity));
    }

    [Fact]
    public void Nodes_OfATree_StandBeforeTheirParents()
    {
        Assert.Equal(["d1", "index"], _compiled.Nodes.Select(node => node.Code));
        Assert.Equal([1, -1], _compiled.Nodes.Select(node => node.Parent));
        Assert.Equal([0.75, 1], _compiled.Nodes.Select(node => node.EffectiveWeight));
        Assert.Equal((0, 2), (_compiled.Nodes[0].FirstLeaf, _compiled.Nodes[0].LeafCount));
        Assert.Equal([0, 0, 1], _compiled.Leaves.Select(leaf => leaf.Node));
    }

    [Fact]
    public void TryGet_KnownAndUnknown_FindsByCode()
    {
        Assert.True(_compiled.TryGetLeaf("b", out var leaf));
        Assert.Equal(1, leaf);
        Assert.True(_compiled.TryGetNode("index", out var node));
        Assert.Equal(_compiled.Root, node);
        Assert.False(_compiled.TryGetLeaf("index", out _));
        Assert.False(_compiled.TryGetNode("a", out _));
    }

    [Fact]
    public void Nodes_OfALogisticModel_AreItsProbability()
    {
        var compiled = CompiledFramework.Compile(Logistic(0, new RefuseIncomplete(), new Predictor("a", 1), new Predictor("b", -3)));

        Assert.Equal("probability", Assert.Single(compiled.Nodes).Code);
        Assert.Equal([0.5, 0.5], compiled.Leaves.Select(leaf => leaf.EffectiveWeight));
    }

    [Fact]
    public void Nodes_OfAnEnsemble_AreItsMembersAndTheirMean()
    {
        var compiled = CompiledFramework.Compile(
            new EnsembleFramework
            {
                Id = "test",
                Version = 1,
                Bands = [new("low", 0)],
                Missing = new RefuseIncomplete(),
                Members =
                [
                    new("one", 3) { Intercept = 0, Predictors = [new("a", 1), new("b", 1)] },
                    new("two") { Intercept = 0, Predictors = [new("c", 1), new("a", 1)] },
                ],
            }
        );

        Assert.Equal(["one", "two", "probability"], compiled.Nodes.Select(node => node.Code));
        Assert.Equal([2, 2, -1], compiled.Nodes.Select(node => node.Parent));
        Assert.Equal([0.75, 0.25, 1], compiled.Nodes.Select(node => node.EffectiveWeight));
        Assert.Equal(["a", "b", "c"], compiled.Leaves.Select(leaf => leaf.Indicator));
        Assert.Equal([0.5, 0.375, 0.125], compiled.Leaves.Select(leaf => leaf.EffectiveWeight));
        Assert.Equal([0, 0, 1], compiled.Leaves.Select(leaf => leaf.Node));
        Assert.Equal((0, 3), (compiled.Nodes[1].FirstLeaf, compiled.Nodes[1].LeafCount));
        Assert.Equal([true, false, true], compiled.Leaves.Select(leaf => compiled.Reads(1, leaf.Index)));
        Assert.Equal((0, 1), compiled.NodeRange(2));
    }

    [Fact]
    public void Reads_IndicatorThatDivides_IsTrueOfEveryNodeAboveItsQuotients()
    {
        var compiled = CompiledFramework.Compile(
            Framework(Node("index", _skip, Node("f", _skip, Leaf("a") with { Denominator = new("p") }), Node("g", _skip, Leaf("b"))))
        );

        Assert.Equal([true, false, true], compiled.Nodes.Select(node => compiled.Reads(node.Index, 2)));
        Assert.Equal([true, false, true], compiled.Nodes.Select(node => compiled.Reads(node.Index, 0)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(39.999, 0)]
    [InlineData(40, 1)]
    [InlineData(69.999, 1)]
    [InlineData(70, 2)]
    [InlineData(100, 2)]
    [InlineData(-5, 0)]
    [InlineData(double.NaN, -1)]
    public void LevelOf_Score_IsTheHighestBandItReaches(double score, int level) => Assert.Equal(level, _compiled.LevelOf(score));
}
