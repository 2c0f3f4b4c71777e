using EarlyWarning.Board.Overview;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Overview;

public sealed class RankFilterTests
{
    [Theory]
    [InlineData("", "CCC AAA BBB")]
    [InlineData("name", "AAA BBB CCC")]
    [InlineData("rise", "BBB CCC AAA")]
    [InlineData("data", "AAA BBB CCC")]
    [InlineData("-", "BBB AAA CCC")]
    [InlineData("-name", "CCC BBB AAA")]
    [InlineData("-rise", "CCC BBB AAA")]
    [InlineData("-data", "CCC BBB AAA")]
    [InlineData("-nonsense", "CCC AAA BBB")]
    public void Order_IsTheOneAskedFor_AndTheRankingsWhereItSaysNothing(string sort, string expected)
    {
        CountryRisk[] ranked = [Known.Risk("CCC", 90, 2), Known.Risk("AAA", 50, 1), Known.Risk("BBB", 40, 1)];
        (ranked[0].Trend, ranked[2].Trend) = (1, 5);
        (ranked[0].Coverage, ranked[1].Coverage, ranked[2].Coverage) = (0.9, 0.1, 0.4);

        Assert.Equal(expected, string.Join(' ', new RankFilter().By(sort).Order(ranked).Select(risk => risk.Country)));
    }

    [Fact]
    public void Turned_ByTheOrderThatItHas_GoesTheOtherWay_AndAriaSaysWhich()
    {
        var once = new RankFilter().Turned("rise");
        var twice = once.Turned("rise");

        Assert.Equal(("rise", "descending", null), (once.SortBy, once.AriaOf("rise"), once.AriaOf("name")));
        Assert.Equal(("-rise", "ascending"), (twice.SortBy, twice.AriaOf("rise")));
        Assert.Equal("rise", twice.Turned("rise").SortBy);
        Assert.Equal(("name", "ascending"), (twice.Turned("name").SortBy, twice.Turned("name").AriaOf("name")));
        Assert.Equal("/?sort=-#ranking", new RankFilter().Turned("").Address("#ranking"));
    }

    [Fact]
    public void Address_SaysAllOfIt()
    {
        RankFilter filter = new()
        {
            Framework = "f",
            Region = "africa",
            Organisation = "A&B",
            Level = "high",
            Text = "côte",
            Sort = "name",
            Show = 125,
        };

        Assert.Equal(
            "/?framework=f&region=africa&organisation=A%26B&level=high&q=c%C3%B4te&sort=name&show=125#ranking",
            filter.Address("#ranking")
        );
    }
}
