using System.Collections.Concurrent;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>
/// One suite and one browser for all that is tried on the board: two countries with a case, several whose scores are known, and keys of an
/// operator of the world and of the focal point of one country.
/// </summary>
public sealed class BoardSuite : IAsyncLifetime
{
    public const string FocalPoint = "recipients/focal-point-ken";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _keys = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>How a browser is started that does nothing of its own.</summary>
    internal static BrowserTypeLaunchOptions Launch { get; } =
        new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        };

    public SuiteProcess Process { get; private set; } = null!;

    /// <summary>What browsers have said against pages, as a policy that something breaks.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public Metadata Full => new() { { "authorization", $"Bearer {_keys["full"]}" } };

    /// <summary>Opens a page of somebody's.</summary>
    /// <param name="who">Whose key the browser shows.</param>
    /// <param name="phone">Whether the screen is a phone's.</param>
    /// <param name="look">Which colours and contrast it asks for.</param>
    /// <param name="script">Whether it runs scripts.</param>
    /// <param name="language">Which language it asks for.</param>
    public async Task<IPage> OpenAsync(
        string who,
        bool phone = false,
        (ColorScheme Colour, Contrast Contrast)? look = null,
        bool script = true,
        string? language = null
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = Process.Http.ToString(),
                ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {_keys[who]}" },
                ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
                HasTouch = phone,
                IsMobile = phone,
                DeviceScaleFactor = phone ? 2 : 1,
                ColorScheme = look?.Colour,
                Contrast = look?.Contrast,
                JavaScriptEnabled = script,
                Locale = language,
            }
        );
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Complaints.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Enqueue(error);
        return page;
    }

    /// <summary>
    /// Opens a further page of the same browser: Chromium at times gives the second page of one tab no keys and clicks. What is kept for
    /// the tab goes with it.
    /// </summary>
    public static async Task<IPage> AgainAsync(IPage page, string path)
    {
        var next = await page.RunAndWaitForPopupAsync(() => page.EvaluateAsync("path => { open(path); }", path));
        await next.SetViewportSizeAsync(page.ViewportSize!.Width, page.ViewportSize.Height);
        await next.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 15_000 });
        await page.CloseAsync();
        return next;
    }

    /// <summary>Opens a page and waits until it is live.</summary>
    public async Task<IPage> LiveAsync(
        string who,
        string path,
        bool phone = false,
        (ColorScheme, Contrast)? look = null,
        string? language = null
    )
    {
        var page = await OpenAsync(who, phone, look, language: language);
        await page.GotoAsync(path);
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 15_000 });
        return page;
    }

    public Task ObserveAsync(string country, double value) =>
        new ObservationService.ObservationServiceClient(Process.Channel)
            .RecordObservationAsync(new() { Observation = Definitions.Attacks(country, value) }, Full)
            .ResponseAsync;

    /// <summary>The open case of a country.</summary>
    public async Task<Case> CaseAsync(string country)
    {
        Case? found = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                var list = await new CaseService.CaseServiceClient(Process.Channel).ListCasesAsync(
                    new() { Countries = { country }, OpenOnly = true },
                    Full
                );
                found = list.Cases.FirstOrDefault(one => one.Climbs.Any(climb => climb.Steps.Any(step => step.Told > 0)));
                return found is not null;
            },
            $"a case of {country} and somebody who was told"
        );
        return found!;
    }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            _folder.In("directory.yaml"),
            """
            organisations:
              - { short: EAC, name: East African Community, members: [KEN, RWA] }
            recipients:
              - { id: watch-desk, name: Watch desk, role: operator, channels: [inbox] }
              - { id: focal-point-ken, name: Focal point of Kenya, role: focal-point, countries: [KEN], channels: [inbox] }
              - { id: focal-point-tza, name: Focal point of Tanzania, role: focal-point, countries: [TZA], channels: [inbox] }
              - { id: focal-point-uga, name: Focal point of Uganda, role: focal-point, countries: [UGA], channels: [inbox] }
              - { id: eac-desk, name: EAC desk, role: regional-organisation, organisation: EAC, channels: [inbox] }
              - { id: council, name: Council, role: decision-maker, channels: [inbox] }
            """
        );
        var file = new KeyFile(_folder.In("keys.json"), TimeProvider.System);
        await AddKeyAsync(
            file,
            "full",
            [.. Enum.GetValues<AccessRole>().Where(role => role != AccessRole.Unspecified).Select(role => new Grant(role, [], "", []))]
        );
        await AddKeyAsync(file, "desk", [new(AccessRole.Operator, [], "", ["recipients/watch-desk"])]);
        await AddKeyAsync(file, "focal", [new(AccessRole.FocalPoint, ["KEN"], "", [FocalPoint])]);
        await AddKeyAsync(file, "tanzania", [new(AccessRole.FocalPoint, ["TZA"], "", ["recipients/focal-point-tza"])]);
        await AddKeyAsync(file, "admin", [new(AccessRole.Administrator, [], "", [])]);
        await AddKeyAsync(file, "reviewer", [new(AccessRole.Reviewer, [], "", [])]);
        Process = SuiteProcess.In(_folder.Path);
        Process.Key = _keys["full"];
        Assert.True(await Process.StartAsync(null, "--limit", "calls-per-second=5000"), Process.Output);
        await Definitions.DefineOneAsync(Process.Channel, Full);
        foreach (var (country, value) in new[] { ("KEN", 90.0), ("UGA", 84), ("RWA", 30), ("BDI", 12), ("FJI", 55) })
        {
            await ObserveAsync(country, value);
        }

        await CaseAsync("KEN");
        await CaseAsync("UGA");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(Launch);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddKeyAsync(KeyFile file, string name, IReadOnlyList<Grant> roles) =>
        _keys[name] = (await file.AddAsync(name, roles, expires: null, CancellationToken.None)).Key;
}

[CollectionDefinition(nameof(BoardSuite))]
public sealed class BoardViewers : ICollectionFixture<BoardSuite>;
