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
        await using var browser = await playwright.Chromium.LaunchAsync(
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
            }
        );
        var page = await browser.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);
        var answer = (await page.GotoAsync(suite.Http.ToString()))!;
        var policy = await answer.HeaderValueAsync("content-security-policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", await answer.HeaderValueAsync("x-frame-options"));
        Assert.Equal("nosniff", await answer.HeaderValueAsync("x-content-type-options"));
        Assert.Equal("no-referrer", await answer.HeaderValueAsync("referrer-policy"));
        await Assertions.Expect(page.Locator("[data-country='RWA']")).ToHaveCountAsync(0);

        var observations = new ObservationService.ObservationServiceClient(suite.Channel);
        await observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("RWA", 91) });

        await Assertions.Expect(page.Locator("[data-country='RWA']").First).ToContainTextAsync("91", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-breach^='breaches/RWA']").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-case]").First).ToContainTextAsync("Rwanda", new() { Timeout = 15_000 });

        // Its script, style, socket and the places of its bars are let in by the policy, and nothing else is asked for.
        Assert.Equal(
            "7%",
            await page.EvaluateAsync<string>(
                """
                () => {
                  document.getElementById('ranking').insertAdjacentHTML('beforeend', '<span id="bar" style="left:7%"></span>');
                  return document.getElementById('bar').style.left;
                }
                """
            )
        );
        Assert.Empty(complaints);
    }
}
