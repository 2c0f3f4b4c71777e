using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The board on a room's screen, on paper, enlarged, and on the narrowest of screens.</summary>
[Collection(nameof(BoardSuite))]
public sealed class ScreenTests(BoardSuite suite)
{
    [Fact]
    public async Task Wall_ShowsWhatStands_AndHasNothingToPress()
    {
        var page = await suite.LiveAsync("desk", "/?wall");
        await page.SetViewportSizeAsync(1920, 1080);

        await Expect(page.Locator(".wall li.card").First).ToBeVisibleAsync();
        await Expect(page.Locator(".wallrank li").First).ToBeVisibleAsync();
        await Expect(page.Locator("#utc")).ToBeVisibleAsync();
        await Expect(page.Locator("div.path")).ToBeVisibleAsync();
        Assert.Empty(
            await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('main :is(a, button, input, select), .nav a, button')]"
                    + ".filter(one => one.checkVisibility()).map(one => one.outerHTML)"
            )
        );
        Assert.Equal(1920, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Paper_HasTheContentAndWhenItIsFrom_AndNoControls()
    {
        foreach (var (path, content) in new[] { ("/", "#situations"), ($"/{(await suite.CaseAsync("KEN")).Name}", ".climb li") })
        {
            var page = await suite.LiveAsync("desk", path);
            await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
            await Expect(page.Locator(content).First).ToBeVisibleAsync();
            await Expect(page.Locator(".printed")).ToContainTextAsync($" UTC · desk · {path}");
            await Expect(page.Locator(".top")).ToBeHiddenAsync();
            Assert.Equal(
                0,
                await page.EvaluateAsync<int>(
                    "() => [...document.querySelectorAll('button, input, select')].filter(one => one.checkVisibility()).length"
                )
            );
            Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Pages_At320PixelsAndEnlargedTwice_AreNoWiderThanTheScreen()
    {
        var name = (await suite.CaseAsync("KEN")).Name;
        var page = await suite.LiveAsync("desk", "/");
        foreach (
            var path in new[]
            {
                "/",
                "/cases",
                $"/{name}",
                $"/trace/{name}",
                "/?wall",
                "/countries/KEN",
                "/system",
                "/audit",
                "/frameworks",
            }
        )
        {
            await page.GotoAsync(path);
            foreach (var (width, height) in new[] { (320, 640), (390, 844), (720, 450) })
            {
                await page.SetViewportSizeAsync(width, height);
                var wide = await page.EvaluateAsync<int>(
                    """
                    () => Math.max(document.documentElement.scrollWidth,
                      ...[...document.querySelectorAll('.scroll')].map(one => innerWidth + one.scrollWidth - one.clientWidth))
                    """
                );
                Assert.True(wide <= width, $"{path} is {wide} wide at {width}.");
            }
        }

        await page.Context.CloseAsync();
    }
}
