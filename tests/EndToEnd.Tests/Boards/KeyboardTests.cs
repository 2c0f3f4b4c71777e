using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The board by its keys, and what a browser keeps for its reader.</summary>
[Collection(nameof(BoardSuite))]
public sealed class KeyboardTests(BoardSuite suite)
{
    [Fact]
    public async Task Palette_AsOneTypes_FindsCountriesCasesPagesAndActs_AndGoesThere()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Keyboard.PressAsync("Control+k");
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Go to, or do" });
        await Expect(search).ToBeFocusedAsync();
        await search.PressSequentiallyAsync("ugan");
        var options = page.Locator("#palette").GetByRole(AriaRole.Option);
        await Expect(options).ToHaveCountAsync(2);
        await Expect(options.Nth(0)).ToContainTextAsync("Uganda Case · Many attacks");
        await Expect(options.Nth(1)).ToContainTextAsync("Uganda Country · UGA");
        await Expect(options.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(search).ToHaveAttributeAsync("aria-activedescendant", "palette-1");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToContainTextAsync("Uganda");
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("/");
        await search.FillAsync("record an answer");
        await Expect(options.First).ToContainTextAsync("Act");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#answer")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("Control+k");
        await search.FillAsync("zzz");
        await Expect(page.Locator("#palette-none")).ToHaveTextAsync("Nothing of that name in what you see.");
        await Expect(search).ToHaveAttributeAsync("aria-expanded", "false");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Palette_OfAViewerWhoIsBound_HasItsOwnCountriesAlone()
    {
        var page = await suite.LiveAsync("focal", "/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-q").FillAsync("ken");
        await Expect(page.Locator("#palette [role=option]")).Not.ToHaveCountAsync(0);
        await page.Locator("#palette-q").FillAsync("uga");
        await Expect(page.Locator("#palette [role=option]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys dd").Filter(new() { HasText = "Cases" })).ToHaveCountAsync(1);
        await Expect(page.Locator("#keys dd").Filter(new() { HasTextRegex = new Regex("^(System|Audit)$") })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_OfOneLetter_LeadToPages_AreListed_AndCanBeSwitchedOff()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await Expect(page).ToHaveURLAsync(new Regex("/cases$"));
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys")).ToContainTextAsync("Overview");
        await page.GetByLabel("Keys of a single letter").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("o");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/cases$"));
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task View_ThatIsNamed_IsKeptListedFoundAndDeleted()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.GetByLabel("Organisation").SelectOptionAsync("EAC");
        await page.GetByLabel("Order").SelectOptionAsync("name");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?organisation=EAC&sort=name$"));
        await Expect(page.Locator("tr[data-country]").First).ToHaveIdAsync("r-KEN");
        await page.GetByText("Saved views").ClickAsync();
        await page.GetByLabel("Name of the view shown").FillAsync("East Africa");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#views-list a")).ToHaveTextAsync("East Africa");

        page = await BoardSuite.AgainAsync(page, "/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-q").FillAsync("east afr");
        await Expect(page.Locator("#palette [role=option]").First).ToContainTextAsync("East Africa View");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Organisation")).ToHaveValueAsync("EAC");

        await page.GetByText("Saved views").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete East Africa" }).ClickAsync();
        await Expect(page.Locator("#views-list li")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Sound_OnceThePageWasTouched_ReachesTheLoudspeaker()
    {
        var page = await suite.OpenAsync("desk");
        await page.AddInitScriptAsync(
            """
            window.meters = [];
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...rest) {
              if (to === this.context.destination) {
                const meter = new AnalyserNode(this.context);
                connect.call(this, meter);
                meters.push(meter);
              }
              return connect.call(this, to, ...rest);
            };
            window.loudness = () => Math.max(0, ...meters.map(meter => {
              const wave = new Float32Array(meter.fftSize);
              meter.getFloatTimeDomainData(wave);
              return Math.max(...wave.map(Math.abs));
            }));
            """
        );
        await page.GotoAsync("/");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("[data-open=looks]").ClickAsync();
        await page.Locator("[data-try]").ClickAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => meters.length"));

        await page.Locator("[data-look=sound][data-value=on]").ClickAsync();
        await page.Locator("[data-try]").ClickAsync();

        await page.WaitForFunctionAsync("() => loudness() > 0.1", null, new() { PollingInterval = 20, Timeout = 10_000 });
        Assert.Equal("running", await page.EvaluateAsync<string>("() => meters[0].context.state"));
        await page.WaitForFunctionAsync("() => loudness() === 0", null, new() { Timeout = 10_000 });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Sound_ThatIsWanted_IsKept_AndSaysThatItWaitsForATouch()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator("[data-open=looks]").ClickAsync();
        await page.Locator("[data-look=sound][data-value=on]").ClickAsync();
        await Expect(page.Locator("[data-look=sound][data-value=on]")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GotoAsync("/cases");
        await Expect(page.GetByText("Sound waits for a click on this page")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
