using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class FactorTests
{
    [Fact]
    public void Children_AreWorstFirst_AndWhatIsMissingStandsLast()
    {
        var tree = KnownCountry.File().Tree;

        Assert.Equal(["war", "calm"], tree.Children.Select(one => one.Code));
        Assert.Equal(["war.dead", "war.fled", "war.armed"], tree.Children[0].Children.Select(one => one.Code));
        Assert.True(tree.Children[0].Children[^1].IsMissing);
        Assert.Equal(30, tree.Children[0].Adds);
    }

    [Theory]
    [InlineData(Direction.Increasing, 25, 25)]
    [InlineData(Direction.Decreasing, 25, 75)]
    [InlineData(Direction.Increasing, 900, 100)]
    public void Score_OfAnIndicator_IsItsPlaceBetweenItsGoalposts(Direction direction, double value, double expected) =>
        Assert.Equal(
            expected,
            Factor.Placed(
                new() { Value = value },
                new()
                {
                    Direction = direction,
                    Low = 0,
                    High = 100,
                }
            )
        );

    [Fact]
    public void Score_OfAnIndicatorByAnotherMethod_IsNotMadeUp() =>
        Assert.Null(
            Factor.Placed(
                new() { Value = 5 },
                new()
                {
                    Low = 0,
                    High = 100,
                    Denominator = new(),
                }
            )
        );

    [Fact]
    public void Rows_AtFirst_LeadToWhatDecidesTheLevel()
    {
        var file = KnownCountry.File();

        Assert.Equal(["risk", "war"], FactorRows.OpenAtFirst(file.Tree, new() { DecidingNode = "war" }).Order());
        Assert.Equal(["calm", "risk"], FactorRows.OpenAtFirst(file.Tree, new() { DecidingNode = "calm" }).Order());
        Assert.Equal(["risk", "war"], FactorRows.OpenAtFirst(file.Tree, new()).Order());
    }

    [Fact]
    public void Rows_OfWhatIsOpen_KnowTheirPlace()
    {
        var rows = FactorRows.Of(KnownCountry.File().Tree, new HashSet<string> { "risk", "war" }).ToList();

        Assert.Equal(
            [
                ("risk", 1, 1, 1, true),
                ("war", 2, 1, 2, true),
                ("war.dead", 3, 1, 3, null),
                ("war.fled", 3, 2, 3, null),
                ("war.armed", 3, 3, 3, null),
                ("calm", 2, 2, 2, (bool?)false),
            ],
            rows.Select(one => (one.Factor.Code, one.Level, one.Place, one.Siblings, one.IsOpen))
        );
    }

    [Fact]
    public void Levers_OfJudgements_GoFromAnchorToAnchor_AndOthersAsFarAsTheirGoalposts()
    {
        var file = KnownCountry.File();

        var levers = Lever.Of(file.Tree, file.Indicators).ToDictionary(one => one.Factor.Code);

        Assert.Equal((0, 2, 1, 1), (levers["war.dead"].Least, levers["war.dead"].Most, levers["war.dead"].Step, levers["war.dead"].Now));
        Assert.Equal((3, "some"), (levers["war.dead"].ValueAt(1), levers["war.dead"].MeaningAt(1)));
        Assert.Equal((0, 1000, 10), (levers["war.fled"].Least, levers["war.fled"].Most, levers["war.fled"].Step));
        Assert.Equal(
            ["war.dead", "war.fled", "calm.law", "war.armed"],
            Lever.Of(file.Tree, file.Indicators).Select(one => one.Factor.Code)
        );
    }
}
