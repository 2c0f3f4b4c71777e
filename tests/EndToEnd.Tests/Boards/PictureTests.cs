using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Structure;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>Takes the pictures of the documents. Run by name alone: <c>-explicit only -class '*PictureTests'</c>.</summary>
public sealed class PictureTests
{
    private static readonly (string, string)[] s_pages =
    [
        ("overview", ""),
        ("system", "system"),
        ("runbook", "runbook"),
        ("audit", "audit"),
        ("thresholds", "thresholds"),
        ("threshold", "thresholds/atrocity-crimes-high"),
        ("editor", "threshold-editor?of=atrocity-crimes-high"),
        ("frameworks", "frameworks"),
        ("framework", "frameworks/atrocity-crimes"),
    ];

    private static readonly (string Of, string Path, string Language, int Width, int Height)[] s_habits =
    [
        ("palette", "", "en", 1440, 900),
        ("french", "", "fr", 1440, 900),
        ("french-case", "NAME", "fr", 390, 844),
        ("cases", "cases", "en", 1440, 900),
        ("trace", "trace/NAME", "en", 1440, 900),
        ("wall", "?wall", "en", 1920, 1080),
        ("narrow", "", "en", 320, 640),
        ("paper", "NAME", "en", 1440, 900),
    ];

    [Fact(Explicit = true)]
    public async Task Exercise_OnTheBoard_IsTakenInEachLook()
    {
        var folder = Environment.GetEnvironmentVariable("EW_TEST_PICTURES") ?? Path.Combine(Repository.Root, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        using TemporaryFolder data = new();
        await using var suite = SuiteProcess.In(data.Path, exercise: true);
        Assert.True(await suite.StartAsync(), suite.Output);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(BoardSuite.Launch);
        var first = await browser.NewPageAsync();
        await first.GotoAsync(suite.Http.ToString());
        await first.Locator("article.sit").First.WaitForAsync(new() { Timeout = 120_000 });
        await first.Locator(".rank tbody tr").Nth(24).WaitForAsync(new() { Timeout = 60_000 });
        await Task.Delay(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);
        var name = await first.Locator("article.sit").First.GetAttributeAsync("data-case");
        await first.SetViewportSizeAsync(1440, 1000);
        await first.ScreenshotAsync(new() { Path = Path.Combine(folder, "exercise.png") });
        foreach (var colour in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (screen, width, height) in new[] { ("desktop", 1440, 900), ("phone", 390, 844) })
            {
                await using var context = await browser.NewContextAsync(
                    new()
                    {
                        ColorScheme = colour,
                        ViewportSize = new() { Width = width, Height = height },
                        IsMobile = screen == "phone",
                        HasTouch = screen == "phone",
                    }
                );
                var page = await context.NewPageAsync();
                foreach (var (of, path) in s_pages.Append(("case", name!)).Append(("country", $"countries/{name![6..9]}?span=all")))
                {
                    await page.GotoAsync($"{suite.Http}{path}");
                    await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                    var file = Path.Combine(folder, $"{of}-{screen}-{colour.ToString().ToLowerInvariant()}.png");
                    await page.ScreenshotAsync(new() { Path = file, FullPage = screen == "desktop" });
                    Assert.InRange(new FileInfo(file).Length, 20_000, 10_000_000);
                }
            }
        }

        foreach (var (of, path, language, width, height) in s_habits)
        {
            await using var context = await browser.NewContextAsync(
                new()
                {
                    Locale = language,
                    ViewportSize = new() { Width = width, Height = height },
                }
            );
            var page = await context.NewPageAsync();
            await page.GotoAsync($"{suite.Http}{path.Replace("NAME", name, StringComparison.Ordinal)}");
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            if (of == "palette")
            {
                await page.Keyboard.PressAsync("Control+k");
                await page.Locator("#palette [role=option]").Nth(8).WaitForAsync();
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{of}.png"), FullPage = of is "trace" or "french" });
            if (of == "paper")
            {
                await page.PdfAsync(
                    new()
                    {
                        Path = Path.Combine(folder, "paper.pdf"),
                        Format = "A4",
                        PrintBackground = true,
                    }
                );
            }
        }

        await first.BringToFrontAsync();
        await suite.KillAsync();
        await first.Locator("#lost:not([hidden])").WaitForAsync();
        await first.ScreenshotAsync(new() { Path = Path.Combine(folder, "lost.png") });
    }
}
