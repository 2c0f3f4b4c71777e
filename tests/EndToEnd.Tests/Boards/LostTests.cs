using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>A suite that is gone is said to be, at once, and an exercise cannot be mistaken.</summary>
public sealed class LostTests(LostTests.ExerciseSuite exercise) : IClassFixture<LostTests.ExerciseSuite>
{
    [Fact]
    public async Task Exercise_OnEachPageOnAWallAndOnPaper_CannotBeMistaken()
    {
        var page = await exercise.Browser.NewPageAsync();
        foreach (var path in new[] { "/", "/cases", "/cases/XAA-1", "/trace", "/?wall" })
        {
            await page.GotoAsync($"{exercise.Suite.Http}{path[1..]}");
            await Expect(page).ToHaveTitleAsync(new Regex("^EXERCISE "));
            await Expect(page.Locator(".exercise")).ToBeInViewportAsync();
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await Expect(page.Locator(".exercise")).ToBeVisibleAsync();
            Assert.Equal("\"EXERCISE\"", await page.EvaluateAsync<string>("() => getComputedStyle(document.body, '::after').content"));
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
        }

        await page.CloseAsync();
    }

    [Fact]
    public async Task Suite_ThatIsKilled_IsLostWithinThreeSeconds_AndThePageGoesOnWithTheNextOne()
    {
        var suite = exercise.Suite;
        var page = await exercise.Browser.NewPageAsync();
        await page.GotoAsync(suite.Http.ToString());
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeVisibleAsync(new() { Timeout = 15_000 });

        await suite.KillAsync();

        await Expect(page.Locator("#lost")).ToBeVisibleAsync(new() { Timeout = 3_000 });
        await Expect(page.Locator("#lost")).ToContainTextAsync("The suite does not answer since");
        await Expect(page.Locator(".dot [data-when=live]")).ToBeHiddenAsync();
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeHiddenAsync();
        await Expect(page.Locator(".lines").GetByText("Whether the path of a warning works is not known.").Last).ToBeVisibleAsync();

        Assert.True(await suite.StartAsync(), suite.Output);
        await Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 15_000 });
        await Expect(page.Locator(".lines").GetByText("The path of a warning works.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await page.CloseAsync();
    }

    /// <summary>An exercise and a browser, for both.</summary>
    public sealed class ExerciseSuite : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private IPlaywright? _playwright;

        public SuiteProcess Suite { get; private set; } = null!;

        public IBrowser Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Suite = SuiteProcess.In(_folder.Path, exercise: true);
            Assert.True(await Suite.StartAsync(), Suite.Output);
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] }
            );
        }

        public async ValueTask DisposeAsync()
        {
            await (Browser?.DisposeAsync() ?? ValueTask.CompletedTask);
            _playwright?.Dispose();
            await Suite.DisposeAsync();
            _folder.Dispose();
        }
    }
}
