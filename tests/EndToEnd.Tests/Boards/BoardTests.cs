using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The operators' page in a real browser, on a real suite.</summary>
public sealed class BoardTests
{
    [Fact]
    public async Task Board_AfterAnObservation_ShowsRowBreachAndCaseByItself()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(suite.Http.ToString());
        await Assertions.Expect(page.Locator("[data-country='RWA']")).ToHaveCountAsync(0);

        var observations = new ObservationService.ObservationServiceClient(suite.Channel);
        await observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("RWA", 91) });

        await Assertions.Expect(page.Locator("[data-country='RWA']").First).ToContainTextAsync("91", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-breach^='breaches/RWA']").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-case]").First).ToContainTextAsync("Rwanda", new() { Timeout = 15_000 });
    }
}
