using Bunit;
using EarlyWarning.Board.Frameworks;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Frameworks;

public sealed class NodeBranchTests : PageContext
{
    [Fact]
    public void Branch_OfATree_SaysEachLeafsShareOfItsSiblingsAndOfTheWhole()
    {
        var root = Inner("risk", Inner("common", Leaf("a", 1), Leaf("b", 3)), Leaf("c", 1));

        var leaves = Show<NodeBranch>(Known.Sight(Known.State()), ("Of", root), ("Weight", 1.0), ("Share", 1.0)).FindAll(".leaf");

        Assert.Equal(
            [
                "25\u202f% among its siblings, 13\u202f% of the whole",
                "75\u202f% among its siblings, 38\u202f% of the whole",
                "50\u202f% among its siblings, 50\u202f% of the whole",
            ],
            leaves.Select(leaf => leaf.QuerySelector(".share")!.TextContent)
        );
    }

    [Fact]
    public void Branch_WhoseWeightsAreWorkedOut_SaysSoInPlaceOfAFigure()
    {
        var root = Inner("risk", Leaf("a", 1), Leaf("b", 3));
        root.Weighting = new() { Method = WeightingMethod.PrincipalComponent };

        var leaves = Show<NodeBranch>(Known.Sight(Known.State()), ("Of", root), ("Weight", 1.0), ("Share", 1.0)).FindAll(".leaf .share");

        Assert.All(leaves, leaf => Assert.Equal("weight from the reference set", leaf.TextContent));
    }

    private static Node Inner(string code, params Node[] children) => new() { Code = code, Children = { children } };

    private static Node Leaf(string code, double weight) =>
        new()
        {
            Weight = weight,
            Leaf = new()
            {
                Indicator = code,
                Direction = Direction.Increasing,
                Low = 0,
                High = 10,
            },
        };
}
