using EarlyWarning.Board.Live;
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

    [Theory]
    [InlineData("f, lack-of-resilience", "lack-of-resilience", "lack-of-resilience")]
    [InlineData("f, lack-of-resilience", "f, lack-of-resilience", "f")]
    [InlineData("atrocity-crimes, a, lack-of-resilience", "a, lack-of-resilience", "a")]
    [InlineData("atrocity-crimes, a, lack-of-resilience", "a, atrocity-crimes, lack-of-resilience", "atrocity-crimes")]
    [InlineData("a, atrocity-crimes, lack-of-resilience", "", "atrocity-crimes")]
    public void DefaultFramework_WhereNobodyChose_IsTheRiskThatIsMeant_HoweverMuchIsKnownOfOthers(
        string active,
        string known,
        string expected
    )
    {
        var state = BoardState.Empty;
        foreach (var id in active.Split(", "))
        {
            state = state with { Frameworks = state.Frameworks.Add(id, Known.Framework), Whole = state.Whole.Add($"risks of {id}") };
        }

        foreach (var (id, i) in known.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((id, i) => (id, i)))
        {
            // Of resilience most is known.
            state = state.With([.. Enumerable.Range(0, 1 + i).Select(n => Under(id, $"AA{(char)('A' + n)}"))], Known.Now);
        }

        Assert.Equal(expected, Known.Sight(state).DefaultFramework());
    }

    [Fact]
    public void DefaultFramework_WhileTheSuiteStarts_IsNotWhatIsHeardOfFirst()
    {
        var state = BoardState.Empty with
        {
            Frameworks = BoardState.Empty.Frameworks.Add("atrocity-crimes", Known.Framework).Add("lack-of-resilience", Known.Framework),
            Whole = ["risks of lack-of-resilience"],
        };

        Assert.Equal("atrocity-crimes", Known.Sight(state.With([Under("lack-of-resilience", "AAA")], Known.Now)).DefaultFramework());
    }

    private static CountryRisk Under(string framework, string country) =>
        new(Known.Risk(country, 30)) { Name = BoardState.NameOf(framework, country) };
}
