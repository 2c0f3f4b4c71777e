using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The board's pages break no rule of WCAG 2.2 AA that a program can check, in each look of theirs.</summary>
[Collection(nameof(BoardSuite))]
public sealed class AccessibleTests(BoardSuite suite)
{
    [Theory]
    [InlineData(ColorScheme.Light, Contrast.NoPreference, false)]
    [InlineData(ColorScheme.Dark, Contrast.NoPreference, false)]
    [InlineData(ColorScheme.Light, Contrast.More, false)]
    [InlineData(ColorScheme.Dark, Contrast.More, true)]
    public async Task Pages_WithTheirDialogsOpenToo_HaveNoViolation(ColorScheme colour, Contrast contrast, bool phone)
    {
        List<string> found = [];
        var overview = await suite.LiveAsync("desk", "/", phone, (colour, contrast));
        await AddAsync(found, overview, "overview");
        await overview.Locator("[data-open=looks]").ClickAsync();
        await AddAsync(found, overview, "how it looks");
        await overview.Keyboard.PressAsync("Escape");
        await overview.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(overview.Locator("#palette [role=option]").Nth(20)).ToBeAttachedAsync();
        await AddAsync(found, overview, "palette");
        await overview.Keyboard.PressAsync("Escape");
        await overview.Keyboard.PressAsync("?");
        await AddAsync(found, overview, "keys");
        await overview.Context.CloseAsync();

        var cases = await suite.LiveAsync("desk", "/cases?state=all", phone, (colour, contrast));
        await AddAsync(found, cases, "cases");
        await cases.Context.CloseAsync();

        var one = await suite.LiveAsync("desk", $"/{(await suite.CaseAsync("KEN")).Name}", phone, (colour, contrast));
        await one.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" }).ClickAsync();
        await Assertions.Expect(one.Locator("dialog[open]")).ToBeVisibleAsync();
        await AddAsync(found, one, "answer");
        await one.Keyboard.PressAsync("Escape");
        await AddAsync(found, one, "case");
        await one.GotoAsync($"/trace/{(await suite.CaseAsync("KEN")).Name}");
        await AddAsync(found, one, "trace");
        await one.GotoAsync("/?wall");
        await AddAsync(found, one, "wall");
        await one.Context.CloseAsync();

        var country = await suite.LiveAsync("desk", "/countries/UGA", phone, (colour, contrast));
        await country.Locator(".hypo input[type=range]").FillAsync("20");
        await Assertions.Expect(country.Locator(".would")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await AddAsync(found, country, "country");
        await country.GotoAsync("/countries/FJI?as-known-at=2020-01-01&open=all");
        await AddAsync(found, country, "country, as known");
        await country.Context.CloseAsync();

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Theory]
    [InlineData(ColorScheme.Light, Contrast.NoPreference, false)]
    [InlineData(ColorScheme.Dark, Contrast.More, true)]
    public async Task PagesOfTheSystem_WithTheirDialogsOpenToo_HaveNoViolation(ColorScheme colour, Contrast contrast, bool phone)
    {
        List<string> found = [];
        var page = await suite.LiveAsync("full", "/system", phone, (colour, contrast));
        await Assertions.Expect(page.Locator("[data-source]")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await AddAsync(found, page, "system");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unarm…" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await AddAsync(found, page, "unarm");
        foreach (
            var path in new[]
            {
                "audit",
                "thresholds",
                "thresholds/one-high",
                "threshold-editor?of=one-high",
                "frameworks",
                "frameworks/one",
            }
        )
        {
            await page.GotoAsync($"/{path}");
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await AddAsync(found, page, path);
        }

        await page.Context.CloseAsync();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    private static async Task AddAsync(List<string> found, IPage page, string where)
    {
        // Where a page that was sent becomes the live one, its title is away for a moment.
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var result = await page.RunAxe(
            new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") }
        );
        found.AddRange(
            result.Violations.SelectMany(one => one.Nodes.Take(3).Select(node => $"{where}: {one.Id}: {one.Help}: {node.Html}"))
        );
    }
}
