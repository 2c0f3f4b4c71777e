using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Importing;

public class RowFilterTests
{
    private static readonly Columns s_columns = new("f.csv", ["type", "side a", "deaths", "in use"]);

    [Theory]
    [InlineData("type = 1", "1", true)]
    [InlineData("type == 1", "1", true)]
    [InlineData("type = 1", "1.0", false)]
    [InlineData("type != 1", "1", false)]
    [InlineData("type in [1, 3]", "3", true)]
    [InlineData("type not in [1, 3]", "3", false)]
    [InlineData("type in [\"a, b\", c]", "a, b", true)]
    [InlineData("type >= 2", "10", true)]
    [InlineData("type < 2", "10", false)]
    [InlineData("type != \"\"", "", false)]
    public void Chooses_ByACondition_KeepsWhatItMeans(string condition, string cell, bool expected) =>
        Assert.Equal(expected, Filter(condition).Chooses(new(2, [cell, "x", "1", "y"])));

    [Fact]
    public void Read_ConditionOfManySpaces_IsRefusedAtOnce() =>
        Assert.Contains(
            "characters",
            Assert.Throws<CliException>(() => RowFilter.Read("a" + new string(' ', 60_000) + "b")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("side a = x")]
    [InlineData("\"in use\" = y")]
    public void Chooses_ByAColumnOfSeveralWords_FindsIt(string condition) =>
        Assert.True(Filter(condition).Chooses(new(2, ["1", "x", "1", "y"])));

    [Fact]
    public void Chooses_CellThatIsNoFigure_IsRefusedUnlessAConditionBeforeLeavesItOut()
    {
        var row = new Row(2, ["1", "x", "NA", "y"]);

        Assert.Throws<RowException>(() => Filter("deaths >= 1").Chooses(row));
        Assert.False(Filter("deaths != NA", "deaths >= 1").Chooses(row));
    }

    [Theory]
    [InlineData("type")]
    [InlineData("type ~ 1")]
    [InlineData("type=1")]
    [InlineData("type in 1")]
    [InlineData("type = [1, 2]")]
    [InlineData("type in []")]
    [InlineData("type > many")]
    public void Read_AnythingElse_IsRefused(string condition) => Assert.Throws<CliException>(() => RowFilter.Read(condition));

    [Fact]
    public void Filter_UnknownColumn_IsRefused() => Assert.Throws<CliException>(() => Filter("typo = 1"));

    private static RowFilter Filter(params string[] where) => new(new() { Where = [.. where] }, s_columns);
}
