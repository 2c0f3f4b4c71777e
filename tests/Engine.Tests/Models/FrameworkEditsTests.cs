using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Models;

public class FrameworkEditsTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    private static readonly CompositeFramework _model = Framework(
        Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Node("g", _skip, Node("h", _skip, Leaf("c"))), Leaf("d"))
    );

    [Fact]
    public void Edit_Elements_AreGivenAfterTheirChildrenWithTheirLevels()
    {
        // f and h are of level 2, g of level 3 and the index of level 4.
        List<string> given = [];
        var model = _model.Edit(
            (element, level) =>
            {
                given.Add($"{element.Code} {level}");
                return level == 2 ? element with { Weight = 7 } : element;
            }
        );

        Assert.Equal(["a 1", "b 1", "f 2", "c 1", "h 2", "g 3", "d 1", "index 4"], given);
        Assert.Equal(7, model.Root.Children[0].Weight);
        Assert.Equal(_model.Root.Children[2], model.Root.Children[2]);
    }

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
}
