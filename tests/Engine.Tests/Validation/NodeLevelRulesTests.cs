using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Validation;

/// <summary>What a framework may say of the nodes that decide its level beside the index.</summary>
public class NodeLevelRulesTests
{
    private static readonly Band[] _bands = [new("low", 0), new("elevated", 50), new("high", 75)];

    [Fact]
    public void Compile_NodeWithSomeOfTheBands_IsTaken() =>
        Assert.Empty(PathsOf(new NodeLevels("intent", [new("low", 0), new("high", 60)], 0)));

    [Theory]
    [InlineData("index")] // Decides with the framework's own bands.
    [InlineData("i1")] // An indicator.
    [InlineData("none")]
    public void Compile_NodeThatCannotDecideBeside_IsRefusedByItsPath(string node) =>
        Assert.Equal(["nodeLevels[0].node"], PathsOf(new NodeLevels(node, [.. _bands], 0.5)));

    [Fact]
    public void Compile_NodeTwice_IsRefusedTheSecondTime() =>
        Assert.Equal(
            ["nodeLevels[1].node"],
            PathsOf(new NodeLevels("intent", [.. _bands], 0.5), new NodeLevels("intent", [.. _bands], 0.5))
        );

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Compile_FloorThatIsNoShare_IsRefused(double floor) =>
        Assert.Equal(["nodeLevels[0].coverageFloor"], PathsOf(new NodeLevels("intent", [.. _bands], floor)));

    [Fact]
    public void Compile_NoBands_IsRefused() => Assert.Equal(["nodeLevels[0].bands"], PathsOf(new NodeLevels("intent", [], 0.5)));

    [Fact]
    public void Compile_BandThatTheFrameworkLacks_IsRefused() =>
        Assert.Equal(["nodeLevels[0].bands[1].name"], PathsOf(new NodeLevels("intent", [new("low", 0), new("severe", 80)], 0.5)));

    [Fact]
    public void Compile_BandsInAnotherOrderThanTheFrameworks_IsRefused() =>
        Assert.Equal(["nodeLevels[0].bands[1].name"], PathsOf(new NodeLevels("intent", [new("high", 0), new("elevated", 80)], 0.5)));

    [Fact]
    public void Compile_BoundsThatDoNotRise_AreRefused() =>
        Assert.Equal(
            ["nodeLevels[0].bands[1].lowerBound", "nodeLevels[0].bands[2].lowerBound"],
            PathsOf(new NodeLevels("intent", [new("low", 0), new("elevated", 0), new("high", double.NaN)], 0.5))
        );

    private static string[] PathsOf(params NodeLevels[] levels)
    {
        CompiledFramework.TryCompile(WithIntent with { NodeLevels = [.. levels] }, out _, out var errors);
        return [.. errors.Select(error => error.Path)];
    }
}
