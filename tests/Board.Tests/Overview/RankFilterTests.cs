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
    public void Order_IsTheOneAskedFor_AndTheRankingsWhereItSaysNothing(string sort, string expected)
    {
        CountryRisk[] ranked = [Known.Risk("CCC", 90, 2), Known.Risk("AAA", 50, 1), Known.Risk("BBB", 40, 1)];
        (ranked[0].Trend, ranked[2].Trend) = (1, 5);
        (ranked[0].Coverage, ranked[1].Coverage, ranked[2].Coverage) = (0.9, 0.1, 0.4);

        Assert.Equal(
            expected,
            string.Join(
                ' ',
                new RankFilter { Sort = sort }
                    .Order(ranked)
                    .Select(risk => risk.Country)
            )
        );
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
