using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

public class FrameworkEditsTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    private static readonly CompositeFramework _model = Framework(
        Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Node("g", _skip, Node("h", _skip, Leaf("c"))), Leaf("d"))
    );

    [Fact]
    public void WithAggregation_Level_ChangesItsNodesAlone()
    {
        // f and h are of level 2, g of level 3 and the index of level 4.
        Assert.Equal(["f", "h"], Geometric(_model.WithAggregation(Aggregation.Geometric, 2).Root));
        Assert.Equal(["g"], Geometric(_model.WithAggregation(Aggregation.Geometric, 3).Root));
        Assert.Equal(["f", "h", "g", "index"], Geometric(_model.WithAggregation(Aggregation.Geometric).Root));
        Assert.Equal(["g"], Geometric(_model.WithAggregation(Aggregation.Geometric, code: "g").Root));
    }

    [Fact]
    public void WithNormalisationAndTreatment_ChangeEveryLeafOrOne()
    {
        var model = _model
            .WithNormalisation(new Goalposts(1, 2))
            .WithTreatment(new LogTransform(), "c")
            .WithImputation(new CentralValue(), "d");

        var leaves = Leaves(model.Root).ToDictionary(leaf => leaf.Code);
        Assert.All(leaves.Values, leaf => Assert.Equal(new Goalposts(1, 2), leaf.Normalisation));
        Assert.Equal(["c"], leaves.Values.Where(leaf => leaf.Treatment is LogTransform).Select(leaf => leaf.Code));
        Assert.Equal(["d"], leaves.Values.Where(leaf => leaf.Imputation is CentralValue).Select(leaf => leaf.Code));
    }

    [Fact]
    public void WithWeighting_Node_ChangesWhereItsChildrensWeightsComeFrom() =>
        Assert.Equal(Weighting.Equal, ((Node)_model.WithWeighting(Weighting.Equal, code: "f").Root.Children[0]).Weighting);

    [Fact]
    public void Without_LastLeaf_TakesItsEmptyNodesToo()
    {
        var model = _model.Without("c");

        Assert.Equal(["f", "d"], model.Root.Children.Select(child => child.Code));
        Assert.Equal(["a"], ((Node)_model.Without("b").Root.Children[0]).Children.Select(child => child.Code));
        Assert.Equal(["f", "g"], _model.Without("d").Root.Children.Select(child => child.Code));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("index")]
    public void Without_UnknownElementOrTheRoot_IsRefused(string code) => Assert.Throws<ArgumentException>(() => _model.Without(code));

    private static IEnumerable<string> Geometric(Element element) =>
        element is not Node node
            ? []
            : [.. node.Children.SelectMany(Geometric), .. node.Aggregation is GeometricMean ? [node.Code] : Array.Empty<string>()];

    private static IEnumerable<Leaf> Leaves(Element element) => element is Node node ? node.Children.SelectMany(Leaves) : [(Leaf)element];
}
