using Bunit;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Overview;
using EarlyWarning.Board.Parts;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Viewing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Tests.Overview;

public sealed class OverviewTests : PageContext
{
    [Fact]
    public void Situations_ManyCases_CutOffNoEmergencyAndSayHowManyMore()
    {
        var state = Known.State();
        foreach (var i in Enumerable.Range(0, 20))
        {
            state = state.With(Known.Case($"W{i:00}", due: TimeSpan.FromHours(i + 1)));
            state = state.With(Known.Case($"E{i:00}", Severity.Emergency, due: TimeSpan.FromHours(i + 1)));
        }

        var page = Show<Situations>(Known.Sight(state));

        Assert.Equal(20, page.FindAll("article.emergency").Count);
        Assert.Empty(page.FindAll("article.warning"));
        Assert.Contains("Show 20 more", page.Find(".more").TextContent, StringComparison.Ordinal);
        Assert.Contains("40 open cases", page.Find(".head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Situations_WorstAndSoonest_ComesFirst_AndOneWithoutADeadlineAfterThoseThatWait()
    {
        var state = Known
            .State()
            .With(Known.Case("AAA", Severity.Warning, due: TimeSpan.FromMinutes(1)))
            .With(Known.Case("BBB", Severity.Emergency, CaseState.Exhausted))
            .With(Known.Case("CCC", Severity.Emergency, due: TimeSpan.FromHours(9)))
            .With(Known.Case("DDD", Severity.Emergency, due: TimeSpan.FromHours(2)));

        Assert.Equal(["DDD", "CCC", "BBB", "AAA"], Known.Sight(state).Open.Select(one => one.Country));
        Assert.Equal(
            ["cases/DDD-1", "cases/CCC-1", "cases/BBB-1", "cases/AAA-1"],
            Show<Situations>(Known.Sight(state)).FindAll("article").Select(one => one.GetAttribute("data-case"))
        );
    }

    [Fact]
    public void Situations_NotHeardOfYet_AskAndNeverSayThatNoneIsOpen()
    {
        var asking = Show<Situations>(Known.Sight(BoardState.Empty)).Markup;
        Assert.Contains("Asking which cases are open", asking, StringComparison.Ordinal);
        Assert.DoesNotContain("No case is open", asking, StringComparison.Ordinal);

        Assert.Contains("No case is open", Show<Situations>(Known.Sight(Known.State())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Situation_TextFromOutside_IsEscaped()
    {
        var open = Known.Case("AAA", due: TimeSpan.FromHours(3));
        (open.Sentence, open.CountryName) = ("<script>alert(1)</script>", "<b>Aland</b>");

        var page = Show<Situations>(Known.Sight(Known.State().With(open)));

        Assert.Empty(page.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", page.Find(".why").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_HighestLevelThenHighestScore_IsFirst_AndSaysWhatDecides()
    {
        var intent = Known.Risk("BBB", 20, order: 2);
        (intent.DecidingNode, intent.DecidingNodeName) = ("r10", "Signs of intent");

        var page = Rank(Known.State(Known.Risk("DDD", 30), intent, Known.Risk("CCC", 39)));

        Assert.Equal(["BBB", "CCC", "DDD"], page.FindAll("tbody:not(.insufficient) tr").Select(row => row.GetAttribute("data-country")));
        Assert.Contains("Signs of intent", page.Find("tr[data-country=BBB] .by").TextContent, StringComparison.Ordinal);
        Assert.Contains("Shown: 3 of 3", page.Find("#shown").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_InsufficientData_IsListedApart_HatchedAndWithoutARankOrAZero()
    {
        var known = Known.Risk("AAA", null);
        (known.LevelAtLeast, known.LevelOrder) = ("severe", 2);
        known.Missing.Add(new MissingPart { Code = "common", DisplayName = "Common risk factors" });

        var page = Rank(Known.State(Known.Risk("BBB", 20), Known.Risk("CCC", null), known));

        Assert.Equal(["AAA", "CCC"], page.FindAll(".insufficient tr[data-country]").Select(row => row.GetAttribute("data-country")));
        var row = page.Find("tr[data-country=AAA]");
        Assert.Contains("severe or higher", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("no data on Common risk factors", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("no score", row.QuerySelector(".sc")!.TextContent);
        Assert.Equal("", row.QuerySelector(".rk")!.TextContent);
        Assert.NotNull(row.QuerySelector(".lv0"));
        Assert.Contains("does not mean a low risk", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_NoCountryWithValidData_SaysSoAndNotThatNoneWasObserved()
    {
        var (one, other) = (Known.Risk("AAA", null), Known.Risk("BBB", null));
        (one.Coverage, other.Coverage) = (0, 0);

        var page = Rank(Known.State(one, other)).Markup;

        Assert.Contains("The 2 countries followed have no valid data", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No country has been observed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_NobodyObserved_SaysWhatToDo() =>
        Assert.Contains("ew observe", Rank(Known.State()).Markup, StringComparison.Ordinal);

    [Fact]
    public void Ranking_MoreThanFit_SaysHowManyAreShownAndLeadsToMore()
    {
        var page = Rank(Known.State([.. Enumerable.Range(0, 60).Select(i => Known.Risk($"C{i:00}", i / 2.0))]));

        Assert.Equal(RankFilter.First, page.FindAll("tr[data-country]").Count);
        Assert.Contains("Shown: 25 of 60", page.Find("#shown").TextContent, StringComparison.Ordinal);
        Assert.Equal("/?show=125#shown", page.Find(".tablefoot a").GetAttribute("href"));
    }

    [Fact]
    public async Task Ranking_WhileItIsRead_MovesNoRowAndSaysSo()
    {
        var page = Rank(Known.State(Known.Risk("AAA", 30), Known.Risk("BBB", 20)));
        var ranking = page.FindComponent<EarlyWarning.Board.Overview.Ranking>();
        ranking.Instance.Hold(true);

        var after = Known.Sight(Known.State(Known.Risk("AAA", 30), Known.Risk("BBB", 35)));
        Look(page, after);

        Assert.Equal(["AAA", "BBB"], page.FindAll("tr[data-country]").Select(row => row.GetAttribute("data-country")));
        Assert.Equal("35", page.Find("tr[data-country=BBB] .sc").TextContent);
        Assert.Contains("held while you read", page.Markup, StringComparison.Ordinal);

        await ranking.InvokeAsync(() => ranking.Instance.Hold(false));
        Assert.Equal(["BBB", "AAA"], page.FindAll("tr[data-country]").Select(row => row.GetAttribute("data-country")));
    }

    [Fact]
    public void Since_EntriesAfterTheMark_AreCountedByKind_AndOlderOnesAreNot()
    {
        var open = Known.Case("AAA");
        open.Entries.Add(Entry(1, CaseEntry.Types.Kind.Opened, Known.Now.AddHours(-5)));
        open.Entries.Add(Entry(2, CaseEntry.Types.Kind.Acknowledged, Known.Now.AddMinutes(-5)));

        var page = Show<Since>(Known.Sight(Known.State().With(open), seen: Known.Now.AddHours(-1)));

        Assert.Equal("1 answer", page.Find("li a").TextContent);
        Assert.Single(page.FindAll("li"));
    }

    [Fact]
    public void Lines_PartOfTheFeedBroken_NamesPartAndReason()
    {
        var state = Known.State() with { Broken = BoardState.Empty.Broken.Add("cases", "Connection refused") };

        var alert = Show<Lines>(Known.Sight(state)).Find("[role=alert]").TextContent;

        Assert.Contains("no news of cases", alert, StringComparison.Ordinal);
        Assert.Contains("Connection refused", alert, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_StatusNotHeardOf_IsNotKnownAndHasNoTick()
    {
        var page = Show<Lines>(Known.Sight(Known.State()));

        Assert.Contains("is not known", page.Find(".path").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("u-works", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_WhatFails_ComesFirst_InWordsAndWithWhatToDo()
    {
        GetStatusResponse status = new()
        {
            PathHealth = Health.Failing,
            Lines =
            {
                Line("store", Health.Attention, "Slow."),
                Line("intake", Health.Failing, "Off.", "Bring the store back."),
                Line("clock", Health.Ok, "Right."),
            },
        };

        var page = Show<Lines>(Known.Sight(Known.State() with { Status = status }));

        Assert.Contains("does NOT work", page.Find(".path").TextContent, StringComparison.Ordinal);
        Assert.Equal("intake", page.Find(".worst").GetAttribute("data-subject"));
        Assert.Contains("Bring the store back.", page.Find(".worst").TextContent, StringComparison.Ordinal);
        Assert.Equal(["store"], page.FindAll("li").Select(line => line.GetAttribute("data-subject")));
        Assert.Contains("1 further matter", page.Find("summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_ToWhoeverMayNotReadTheStatus_SayNothingOfIt()
    {
        Viewer focal = new(new HashSet<string> { "AAA" });

        var page = Show<Lines>(Known.Sight(Known.State() with { Status = new() { PathHealth = Health.Ok } }, focal));

        Assert.Empty(page.FindAll(".path"));
    }

    private IRenderedComponent<Microsoft.AspNetCore.Components.CascadingValue<Sight>> Rank(BoardState state) =>
        Show<EarlyWarning.Board.Overview.Ranking>(
            Known.Sight(state),
            ("Id", "f"),
            ("Framework", Known.Framework),
            ("Filter", new RankFilter())
        );

    private static CaseEntry Entry(int number, CaseEntry.Types.Kind kind, DateTimeOffset time) =>
        new()
        {
            Number = number,
            Kind = kind,
            Time = time.ToTimestamp(),
        };

    private static StatusLine Line(string subject, Health health, string text, string action = "") =>
        new()
        {
            Subject = subject,
            Health = health,
            Text = text,
            Action = action,
            Heading = Heading.Path,
        };
}
