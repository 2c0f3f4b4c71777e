using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The page of a country in a real browser, on a real suite.</summary>
[Collection(nameof(BoardSuite))]
public sealed class CountryPageTests(BoardSuite suite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstAnswer_WithoutAScript_HoldsScoreChartTreeAndCases_AndOpensRowsByLinks()
    {
        var page = await suite.OpenAsync("desk", script: false);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);

        var answer = (await page.GotoAsync("/countries/UGA?span=day"))!;

        Assert.Equal(200, answer.Status);
        await Expect(page.Locator("h1")).ToContainTextAsync("Uganda");
        await Expect(page.Locator(".keyfacts")).ToContainTextAsync("84 of 100");
        await Expect(page.Locator(".plot .line").Last).ToHaveAttributeAsync("d", new Regex("^M.*H"));
        await Expect(page.Locator("[data-code='one.attacks'] .value")).ToHaveTextAsync("84 attacks per month");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Many attacks", Exact = true })).ToHaveCountAsync(1);
        await Expect(page.Locator("nav[aria-label='How far back'] [aria-current]")).ToHaveTextAsync("Day");

        await page.Locator("[data-code=index] [data-toggle]").ClickAsync();

        await Expect(page.Locator("[data-code='one.attacks']")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex("span=day&open=-"));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Country_ThatIsNoneOrNotTheViewers_IsRefusedInWordsAndByStatus()
    {
        var page = await suite.OpenAsync("focal", script: false);

        Assert.Equal(404, (await page.GotoAsync("/countries/QQQ"))!.Status);
        await Expect(page.Locator("h1")).ToHaveTextAsync("No such country");
        Assert.Equal(403, (await page.GotoAsync("/countries/UGA"))!.Status);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Not among your countries");
        Assert.DoesNotContain("84", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await page.GotoAsync("/countries/ken"))!.Status);
        await Expect(page.Locator("h1")).ToContainTextAsync("Kenya");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Country_WhereverItStands_LeadsToItsPage()
    {
        var page = await suite.LiveAsync("desk", "/");
        foreach (var link in new[] { "#r-FJI .cn a", ".tiles a[title='Fiji']", ".worldmap a[href*='/FJI']" })
        {
            await Expect(page.Locator(link).First).ToHaveAttributeAsync("href", new Regex("^/countries/FJI"));
        }

        await page.Locator("#case-UGA a.iso").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Uganda");
        await page.Locator("[aria-labelledby=warnings] .rows a").First.ClickAsync();
        await page.Locator(".crumb a.iso").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/countries/UGA$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Observation_IsOnThePageByItself_AndFocusStaysInTheTree()
    {
        await suite.ObserveAsync("NRU", 20);
        var page = await suite.LiveAsync("desk", "/countries/NRU");
        await page.Locator("[data-code=index]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("[data-code='one.attacks']")).ToBeFocusedAsync();

        await suite.ObserveAsync("NRU", 35);

        await Expect(page.Locator("[data-code='one.attacks'] .value")).ToHaveTextAsync("35 attacks per month", new() { Timeout = 15_000 });
        await Expect(page.Locator(".keyfacts")).ToContainTextAsync("35 of 100");
        await Expect(page.Locator("[data-code='one.attacks']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("[data-code=index]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("[data-code='one.attacks']")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("[data-code='one.attacks']")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator("[data-code='one.attacks']")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Question_WhatIf_IsAnsweredAsSupposed_AndRecordsNothing()
    {
        var page = await suite.LiveAsync("desk", "/countries/BDI");
        var risks = new RiskService.RiskServiceClient(suite.Process.Channel);
        GetCountryRiskRequest ask = new() { Name = $"{Definitions.Framework}/risks/BDI" };
        await Expect(page.Locator(".hypo")).ToContainTextAsync("HYPOTHETICAL");

        await page.Locator(".hypo input[type=range]").FillAsync("95");

        await Expect(page.Locator(".hypo .after")).ToContainTextAsync("95", new() { Timeout = 10_000 });
        await Expect(page.Locator(".hypo .after")).ToContainTextAsync("high");
        await Expect(page.Locator(".would")).ToContainTextAsync("would be crossed: Many attacks");
        await Expect(page.Locator("#said")).ToContainTextAsync("Hypothetical: 95 of 100");
        var risk = (await risks.GetCountryRiskAsync(ask, suite.Full, cancellationToken: Cancel)).Risk;
        Assert.Equal(("low", 0), (risk.Level, risk.FiringThresholds));
        await page.GetByRole(AriaRole.Button, new() { Name = "As it is" }).ClickAsync();
        await Expect(page.Locator(".would")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Past_AsItWasKnown_IsMarked_AndDoesNotMove()
    {
        await suite.ObserveAsync("TUV", 10);
        var page = await suite.LiveAsync("desk", "/countries/TUV?as-known-at=2001-02-03T04:05");

        await Expect(page.Locator(".then")).ToContainTextAsync("3 Feb 2001 04:05 UTC");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("10 attacks per month");
        await Expect(page.Locator(".hypo input")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to now" }).ClickAsync();
        await Expect(page.Locator("[data-code='one.attacks'] .value")).ToHaveTextAsync("10 attacks per month");
        await page.Context.CloseAsync();
    }
}
