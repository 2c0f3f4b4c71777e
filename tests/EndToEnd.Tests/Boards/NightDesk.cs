using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>
/// Whoever sits at the desk at night: an overview that stays open, the page of a case, and a terminal. At a moment all three have to say
/// what is true, and the same; what they say is written down where <c>EW_TEST_PICTURES</c> names a folder.
/// </summary>
internal sealed partial class NightDesk : IAsyncDisposable
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("EW_TEST_PICTURES");
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private int _moment;

    private NightDesk(IPlaywright playwright, IBrowser browser, IPage overview, IPage casePage) =>
        (_playwright, _browser, Overview, CasePage) = (playwright, browser, overview, casePage);

    public IPage Overview { get; }

    public IPage CasePage { get; }

    public static async Task<NightDesk> OpenAsync(NightSuite suite)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(BoardSuite.Launch);
        var context = await browser.NewContextAsync(
            new()
            {
                ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {suite.Key("desk")}" },
                ViewportSize = new() { Width = 1440, Height = 1000 },
            }
        );
        NightDesk desk = new(playwright, browser, await context.NewPageAsync(), await context.NewPageAsync());
        await desk.GoAsync(suite);
        return desk;
    }

    /// <summary>Opens the overview of a suite.</summary>
    public async Task GoAsync(NightSuite suite)
    {
        await Overview.GotoAsync(suite.Http.ToString());
        await Overview.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until overview, case page and terminal say what is expected, and checks that they say the same.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="name">The moment, in a few words.</param>
    /// <param name="expected">What each has to say.</param>
    public async Task SeesAsync(NightSuite suite, string name, Seen expected)
    {
        var overview = await SaysAsync(Overview, "the overview", expected.Overview);
        var casePage = "";
        if (expected.Country.Length > 0)
        {
            await CasePage.GotoAsync($"{suite.Http}{(await suite.CaseAsync(expected.Country)).Name}");
            casePage = await SaysAsync(CasePage, $"the case of {expected.Country}", expected.Case);
        }

        var (status, said) = ("", "");
        await Eventually.HoldsAsync(
            async () =>
            {
                (status, overview) = (await suite.EwAsync("status"), await WordsAsync(Overview));
                var views = (Board: await AmissAsync(), Terminal: AmissIn(status));
                said = $"{status}\nthe board names {views.Board}, the terminal {views.Terminal}\n{overview}";
                return views.Board == views.Terminal
                    && overview.Contains(VerdictOf(status), StringComparison.Ordinal)
                    && expected.Status.All(words => status.Contains(words, StringComparison.Ordinal));
            },
            $"{name}: the terminal says {string.Join(", ", expected.Status)}, and the board the same",
            20,
            () => said
        );
        foreach (var text in new[] { overview, casePage, status })
        {
            Assert.All(expected.Never, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }

        await KeepAsync(name, overview, casePage, status);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<string> SaysAsync(IPage page, string what, IReadOnlyList<string> expected)
    {
        var text = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                text = await WordsAsync(page);
                return expected.All(words => text.Contains(words, StringComparison.Ordinal));
            },
            $"{what} says {string.Join(" | ", expected)}",
            20,
            () => $"{string.Join(" | ", expected.Where(words => !text.Contains(words, StringComparison.Ordinal)))} is not in\n{text}"
        );
        return text;
    }

    /// <summary>What stands on the screen, one line a paragraph.</summary>
    private static async Task<string> WordsAsync(IPage page)
    {
        try
        {
            return Spaces().Replace(await page.Locator("body").InnerTextAsync(new() { Timeout = 5_000 }), "\n").Replace('\u202f', ' ');
        }
        catch (PlaywrightException)
        {
            // It is being opened anew.
            return "";
        }
    }

    /// <summary>Of what the board says that it is amiss on a warning's path.</summary>
    private async Task<string> AmissAsync()
    {
        var subjects = await Overview
            .Locator(".path [data-subject]")
            .EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.subject)");
        return string.Join(", ", subjects.Distinct().Order(StringComparer.Ordinal));
    }

    private static string AmissIn(string status)
    {
        var path = status.Split("Who has not answered?")[0];
        return string.Join(", ", Marked().Matches(path).Select(line => line.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    private static string VerdictOf(string status) =>
        status.Contains("Does the path of a warning work? NO", StringComparison.Ordinal) ? "The path of a warning does NOT work."
        : status.Contains("Does the path of a warning work? yes, but", StringComparison.Ordinal)
            ? "The path of a warning works, and needs attention."
        : "The path of a warning works.";

    private async Task KeepAsync(string name, string overview, string casePage, string status)
    {
        if (s_folder is null)
        {
            return;
        }

        var file = Path.Combine(
            Directory.CreateDirectory(s_folder).FullName,
            string.Create(CultureInfo.InvariantCulture, $"night-{++_moment:00}-{name.Replace(' ', '-')}")
        );
        await File.WriteAllTextAsync(
            $"{file}.txt",
            $"=== the overview\n{overview}\n\n=== the case\n{casePage}\n\n=== ew status\n{status}",
            TestContext.Current.CancellationToken
        );
        await Overview.ScreenshotAsync(new() { Path = $"{file}.png", FullPage = true });
        if (casePage.Length > 0)
        {
            await CasePage.ScreenshotAsync(new() { Path = $"{file}-case.png", FullPage = true });
        }
    }

    [GeneratedRegex(@"[ \t]*\n\s*")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[!✗]\t([^\t]+)\t", RegexOptions.Multiline)]
    private static partial Regex Marked();
}

/// <summary>What a moment's three views have to say.</summary>
internal sealed record Seen
{
    public IReadOnlyList<string> Overview { get; init; } = [];

    /// <summary>Whose case is opened; empty for none.</summary>
    public string Country { get; init; } = "";

    public IReadOnlyList<string> Case { get; init; } = [];

    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>What none of them may say.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];
}
