using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The operators' overview in a real browser, on a real suite.</summary>
[Collection(nameof(BoardSuite))]
public sealed class OverviewTests(BoardSuite suite)
{
    [Fact]
    public async Task FirstAnswer_WithoutAScript_HoldsTheContentItsLinksAndItsPictures()
    {
        var page = await suite.OpenAsync("desk", script: false);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);

        var answer = (await page.GotoAsync("/"))!;

        var policy = await answer.HeaderValueAsync("content-security-policy");
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            policy
        );
        Assert.Equal("DENY", await answer.HeaderValueAsync("x-frame-options"));
        Assert.Equal("nosniff", await answer.HeaderValueAsync("x-content-type-options"));
        Assert.Equal("no-referrer", await answer.HeaderValueAsync("referrer-policy"));
        Assert.Contains(await page.Locator("article.sit").AllInnerTextsAsync(), card => card.Contains("Kenya", StringComparison.Ordinal));
        Assert.InRange(await page.Locator("a[href]").CountAsync(), 20, 10_000);
        Assert.InRange(await page.Locator("svg.iv").CountAsync(), 3, 100);
        Assert.InRange(await page.Locator(".worldmap use").CountAsync(), 150, 200);
        foreach (var button in await page.GetByRole(AriaRole.Button).AllAsync())
        {
            Assert.NotEmpty(await button.GetAttributeAsync("aria-label") ?? (await button.InnerTextAsync()).Trim());
        }

        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Observation_OfAnotherCountry_IsOnThePageByItself_AndAbreachAndACase()
    {
        var page = await suite.LiveAsync("desk", "/");
        await Expect(page.Locator("#r-COM")).ToHaveCountAsync(0);

        await suite.ObserveAsync("COM", 91);

        await Expect(page.Locator("#r-COM .sc")).ToHaveTextAsync("91", new() { Timeout = 15_000 });
        await Expect(page.Locator("#case-COM")).ToContainTextAsync("Many attacks", new() { Timeout = 15_000 });
        await Expect(page.Locator(".tiles a[title='Comoros']")).ToContainTextAsync("Comoros, high, 91 of 100");
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Overview"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Viewer_WhoIsBound_SeesItsOwnAloneAndNoStatus()
    {
        var page = await suite.LiveAsync("focal", "/");

        await Expect(page.Locator("article.sit")).ToHaveCountAsync(1);
        Assert.Equal(
            ["KEN"],
            await page.Locator("tr[data-country]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.country)")
        );
        await Expect(page.Locator(".path")).ToHaveCountAsync(0);
        await Expect(page.Locator(".me")).ToContainTextAsync("focal point");
        Assert.DoesNotContain("Uganda", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Filters_AsOneTypes_NarrowListAndAddress_AndTheAddressLeadsBackToThem()
    {
        var page = await suite.LiveAsync("desk", "/");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("rwan", new() { Delay = 20 });
        await Expect(page.Locator("tr[data-country]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#search")).ToHaveValueAsync("rwan");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?q=rwan$"));
        await page.Locator("#search").FillAsync("");
        await page.GetByLabel("Organisation").SelectOptionAsync("EAC");
        await Expect(page.Locator("tr[data-country]")).ToHaveCountAsync(2);

        await page.GotoAsync("/?region=oceania");
        await Expect(page.Locator("#r-FJI")).ToBeVisibleAsync();
        await Expect(page.Locator("#r-RWA")).ToBeHiddenAsync();
        await Expect(page.GetByLabel("Region")).ToHaveValueAsync("oceania");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Updates_OfHundredsASecond_LeaveFocusSelectionAndScrollAlone()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator(".tiles a[title='Fiji']").FocusAsync();
        await page.Locator("#r-RWA .cn a").First.EvaluateAsync("name => getSelection().selectAllChildren(name)");
        var scroll = await page.EvaluateAsync<double>("() => scrollY");
        var selected = await page.EvaluateAsync<string>("() => getSelection().toString()");
        Assert.Equal("Rwanda", selected);
        await page.EvaluateAsync(
            """
            () => {
              window.renders = 0;
              new MutationObserver(() => window.renders++)
                .observe(document.querySelector('.rank'), { subtree: true, characterData: true, childList: true });
            }
            """
        );

        // At a pace, since a quick machine would else begin more calls than a caller may.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 40; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(j => suite.ObserveAsync(j % 2 == 0 ? "RWA" : "BDI", (i + j) % 60)));
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("Rwanda", await page.EvaluateAsync<string>("() => getSelection().toString()"));
        Assert.Equal("Fiji", await page.EvaluateAsync<string>("() => document.activeElement.title"));
        Assert.Equal(scroll, await page.EvaluateAsync<double>("() => scrollY"));
        Assert.InRange(await page.EvaluateAsync<int>("() => window.renders"), 2, (2 * (int)clock.Elapsed.TotalSeconds) + 4);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Mark_OfWhatWasSeen_IsKeptAndWhatComesAfterIsTold()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator("#seen").ClickAsync();
        await Expect(page.Locator(".since")).ToContainTextAsync("Nothing has happened");

        await suite.ObserveAsync("TON", 95);

        await Expect(page.Locator(".since li a").First).ToHaveTextAsync("1 new situation", new() { Timeout = 15_000 });
        await page.ReloadAsync();
        await Expect(page.Locator(".since li a").First).ToHaveTextAsync("1 new situation");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Look_OfTheBoard_IsSetAtOnceAndKept()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator("[data-open=looks]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Arrows_WalkTheTiles()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator(".tiles a").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.tiles a')].indexOf(document.activeElement)"));
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.tiles a')].indexOf(document.activeElement)") > 2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Phone_HasNothingWiderThanItsScreen()
    {
        foreach (var path in new[] { "/", "/cases", "/countries/KEN", $"/{(await suite.CaseAsync("KEN")).Name}" })
        {
            var page = await suite.LiveAsync("focal", path, phone: true);
            Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Viewer_AtRest_CostsLessThanTwoKilobytesASecond()
    {
        var page = await suite.LiveAsync("desk", "/");
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        long bytes = 0;
        session.Event("Network.loadingFinished").OnEvent += (_, news) =>
            bytes += (long)news!.Value.GetProperty("encodedDataLength").GetDouble() + 500;
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, news) =>
            bytes += news!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length;
        session.Event("Network.webSocketFrameSent").OnEvent += (_, news) =>
            bytes += news!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length;

        // Others look at the same suite: at rest is a page to which nothing new came for six pulses.
        long least = long.MaxValue;
        for (var window = 0; window < 5 && least > 6 * 2_000; window++)
        {
            var before = bytes;
            for (var pulse = 0; pulse < 6; pulse++)
            {
                await page.WaitForResponseAsync("**/board/pulse");
            }

            least = Math.Min(least, bytes - before);
        }

        Assert.InRange(least, 1, 6 * 2_000);
        await page.Context.CloseAsync();
    }
}
