using EarlyWarning.EndToEnd.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>A suite that is gone is said to be, at once, and an exercise cannot be mistaken.</summary>
public sealed class LostTests
{
    [Fact]
    public async Task Suite_ThatIsKilled_IsLostWithinThreeSeconds_AndThePageGoesOnWithTheNextOne()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path, exercise: true);
        Assert.True(await suite.StartAsync(), suite.Output);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(BoardSuite.Launch);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(suite.Http.ToString());
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(page.Locator(".exercise")).ToContainTextAsync("EXERCISE");
        Assert.StartsWith("EXERCISE", await page.TitleAsync(), StringComparison.Ordinal);

        await suite.KillAsync();

        await Expect(page.Locator("#lost")).ToBeVisibleAsync(new() { Timeout = 3_000 });
        await Expect(page.Locator("#lost")).ToContainTextAsync("The suite does not answer since");
        await Expect(page.Locator(".dot [data-when=live]")).ToBeHiddenAsync();
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeHiddenAsync();
        await Expect(page.Locator(".lines").GetByText("Whether the path of a warning works is not known.").Last).ToBeVisibleAsync();

        Assert.True(await suite.StartAsync(), suite.Output);
        await Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 15_000 });
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }
}
