using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Overview;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Overview;

public sealed class SinceTests : PageContext
{
    private static readonly DateTimeOffset s_seen = Known.Now.AddHours(-1);

    [Fact]
    public void Levels_OfBeforeTheBoardBegan_AreTheSuitesToSay_AndAreComparedWithNow()
    {
        FixedAnswers suite = new(
            new RankCountriesResponse { Risks = { Known.Risk("AAA", 50, order: 1), Known.Risk("BBB", 50, order: 1) } }
        );
        Services.AddSingleton(new SuiteClient(suite));

        var page = Show<Since>(Known.Sight(Known.State(Known.Risk("AAA", 90, order: 2), Known.Risk("BBB", 51, order: 1)), seen: s_seen));

        page.WaitForAssertion(() => Assert.Equal("1 level changed", page.Find("li a").TextContent));
        Assert.Equal("AAA ▲", page.Find("li span").TextContent);
        Assert.DoesNotContain("known since", page.Markup, StringComparison.Ordinal);
        var asked = Assert.IsType<RankCountriesRequest>(Assert.Single(suite.Asked));
        Assert.Equal((s_seen, s_seen), (asked.AsOf.ToDateTimeOffset(), asked.At.ToDateTimeOffset()));
    }

    [Fact]
    public void Levels_OfBeforeTheBoardBegan_WhileTheSuiteIsAway_AreSaidNotToBeKnown()
    {
        var page = Show<Since>(Known.Sight(Known.State(Known.Risk("AAA", 90, order: 2)), seen: s_seen));

        Assert.Contains("Changes of levels are known since 2 Jan 03:04 UTC.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_OfAViewerWhoIsBound_AreAskedOfTheirCountriesAlone()
    {
        FixedAnswers suite = new(new RankCountriesResponse());
        Services.AddSingleton(new SuiteClient(suite));

        Show<Since>(Known.Sight(Known.State(Known.Risk("AAA", 90, order: 2)), new Viewer(new HashSet<string> { "AAA" }), s_seen));

        Assert.Equal(["AAA"], Assert.IsType<RankCountriesRequest>(Assert.Single(suite.Asked)).Countries);
    }
}
