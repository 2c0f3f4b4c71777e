using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Viewing;

public sealed class SightTests
{
    [Fact]
    public void Sight_OfABoundViewer_HasItsCountriesAloneInEachListAndCount()
    {
        var state = Known
            .State(Known.Risk("AAA", 30), Known.Risk("BBB", 20), Known.Risk("CCC", null))
            .With([Known.Risk("BBB", 90, order: 2)], Known.Now)
            .With(Known.Case("AAA", due: TimeSpan.FromHours(1)))
            .With(Known.Case("BBB", due: TimeSpan.FromHours(1)));

        var sight = Known.Sight(state, new Viewer(new HashSet<string> { "AAA" }));

        Assert.Equal("AAA", Assert.Single(sight.Ranking("f")).Country);
        Assert.Empty(sight.Insufficient("f"));
        Assert.Equal("AAA", Assert.Single(sight.Open).Country);
        Assert.Equal((1, 1), (sight.Owed, sight.Followed("f")));
        Assert.Null(sight.Risk("f", "BBB"));
        Assert.Empty(sight.LevelsSince(Known.Now.AddDays(-1)));
        Assert.Single(Known.Sight(state).LevelsSince(Known.Now.AddDays(-1)));
    }

    [Fact]
    public void Sight_OfWhoeverMayNotReadWarnings_HasNoCase()
    {
        Viewer blind = new(null) { Lacks = [Permission.WarningRead] };

        Assert.Empty(Known.Sight(Known.State().With(Known.Case("AAA")), blind).Open);
    }
}
