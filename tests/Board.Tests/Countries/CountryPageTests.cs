using Bunit;
using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Components;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class CountryPageTests : PageContext
{
    private static readonly CountryAddress s_address = new("AAA");

    public CountryPageTests() => SetRendererInfo(new RendererInfo("Server", true));

    [Fact]
    public void Tree_IsATreegrid_WhoseRowsKnowTheirPlace_AndOpenAndClose()
    {
        var page = Show<FactorTree>(Known.Sight(Known.State()), ("File", KnownCountry.File()), ("Address", s_address));

        var row = page.Find("[role=treegrid] [data-code=war]");
        Assert.Equal(
            ("row", "2", "1", "2", "true"),
            (
                row.GetAttribute("role"),
                row.GetAttribute("aria-level"),
                row.GetAttribute("aria-posinset"),
                row.GetAttribute("aria-setsize"),
                row.GetAttribute("aria-expanded")
            )
        );
        Assert.Single(page.FindAll("tbody tr[tabindex='0']"));
        Assert.Contains("decides the level", row.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Find("[data-code='war.dead']").GetAttribute("aria-expanded"));

        row.QuerySelector("[data-toggle]")!.Click();

        Assert.Empty(page.FindAll("[data-code='war.dead']"));
        Assert.Equal("false", page.Find("[data-code=war]").GetAttribute("aria-expanded"));
        Assert.Contains("open=risk%2Cwar", page.Find("[data-code=war] [data-toggle]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_OfWhatIsMissingOrNearItsEnd_SaysSoAndNeverAZero()
    {
        var page = Show<FactorTree>(Known.Sight(Known.State()), ("File", KnownCountry.File()), ("Address", s_address));

        var missing = page.Find("[data-code='war.armed']");
        Assert.Contains("missing: never reported", missing.TextContent, StringComparison.Ordinal);
        Assert.Equal("no score", missing.QuerySelector(".sc")!.TextContent);
        Assert.DoesNotContain("+0", missing.TextContent, StringComparison.Ordinal);
        Assert.Contains("9 d old, and valid for 10 d only", page.Find("[data-code='war.dead']").TextContent, StringComparison.Ordinal);
        Assert.Contains("error not stated", page.Find("[data-code='war.dead']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Head_WithoutAScore_SaysThatThisIsNoLowRisk()
    {
        var file = KnownCountry.File();
        file.Explained.Risk = Known.Risk("AAA", null);
        file.Explained.Risk.Missing.Add(new MissingPart { DisplayName = "Armed conflict" });

        var page = Show<CountryHead>(Known.Sight(Known.State()), ("File", file), ("Address", s_address), ("Id", "f"), ("Name", "Land AAA"));

        var facts = page.Find(".keyfacts").TextContent;
        Assert.Contains("insufficient data", facts, StringComparison.Ordinal);
        Assert.Contains("does not mean a low risk", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("of 100", facts, StringComparison.Ordinal);
        Assert.Contains("Armed conflict", page.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_WithoutAScoreBefore_MakeUpNoDifference()
    {
        var page = Show<ChangeList>(Known.Sight(Known.State()), ("File", KnownCountry.File()), ("Address", s_address));

        Assert.Contains("There was none before", page.Find(".lead-in").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_OfAnIndicator_TellFromWhatToWhatAndByWhichObservation()
    {
        var file = KnownCountry.File(
            new RiskChange { Time = Known.Now.AddDays(-3).ToTimestamp(), Score = 40 },
            new RiskChange { Time = Known.Now.AddHours(-1).ToTimestamp(), Score = 50 }
        );
        file.Explained.Movements.Add(
            new Movement
            {
                Indicator = "war.dead",
                DisplayName = "Deaths",
                ValueBefore = 0,
                ValueAfter = 3,
                Amount = 10,
                Unit = "units",
                ObservationIds = { "id-war.dead" },
            }
        );

        var page = Show<ChangeList>(Known.Sight(Known.State()), ("File", file), ("Address", s_address));

        Assert.Contains("from 40 to 50 of 100 (+10)", page.Find(".lead-in").TextContent, StringComparison.Ordinal);
        var move = page.Find(".moves li").TextContent;
        Assert.All(["Deaths", "+10", "0 → 3 units", "desk", "id-war.dead"], one => Assert.Contains(one, move, StringComparison.Ordinal));
    }

    [Fact]
    public void Past_ThatIsShown_IsMarked_AndOffersNoQuestion()
    {
        var then = s_address with { AsKnownAt = Known.Now.AddDays(-1) };
        var sight = Known.Sight(Known.State());

        var head = Show<CountryHead>(sight, ("File", KnownCountry.File()), ("Address", then), ("Id", "f"), ("Name", "Land AAA"));

        Assert.Contains("As it was known at", head.Find(".then").TextContent, StringComparison.Ordinal);
        Assert.Equal("/countries/AAA", head.Find(".then a").GetAttribute("href"));
    }

    [Fact]
    public void Resilience_WhereNoFrameworkHasIt_IsSaidToBeMissing()
    {
        var page = Show<BesideCard>(
            Known.Sight(Known.State()),
            ("File", KnownCountry.File()),
            ("Address", s_address),
            ("Id", "f"),
            ("Beside", "")
        );

        Assert.Contains("No framework of resilience is active", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_WithItsTable_SaysTheSameInWords()
    {
        var file = KnownCountry.File(
            new RiskChange
            {
                Time = Known.Now.AddDays(-3).ToTimestamp(),
                Score = 40,
                Level = "high",
            },
            new RiskChange { Time = Known.Now.AddDays(-2).ToTimestamp(), LevelAtLeast = "severe" },
            new RiskChange
            {
                Time = Known.Now.AddDays(-1).ToTimestamp(),
                Score = 50,
                Level = "high",
            }
        );

        var page = Show<ScoreChart>(Known.Sight(Known.State()), ("File", file), ("Address", s_address));

        Assert.Equal(2, page.FindAll(".plot .gap").Count);
        Assert.Equal("Month: now 50 of 100, lowest 40, highest 50", page.Find(".plot").GetAttribute("aria-label"));
        Assert.Equal(3, page.FindAll(".data tbody tr").Count);
        Assert.Contains("severe or higher", page.Find(".data").TextContent, StringComparison.Ordinal);
        Assert.Contains("no score", page.Find(".data").TextContent, StringComparison.Ordinal);
    }
}
