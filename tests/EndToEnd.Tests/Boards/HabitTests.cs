using System.Text.RegularExpressions;
using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>What is typed is not lost, several cases are answered at once, and the way of a warning is walked from any id.</summary>
[Collection(nameof(BoardSuite))]
public sealed class HabitTests(BoardSuite suite)
{
    [Fact]
    public async Task Answer_TypedAndNotSent_IsBackAfterThePageIsOpenedAnew()
    {
        var page = await suite.LiveAsync("desk", $"/{(await suite.CaseAsync("KEN")).Name}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" }).ClickAsync();
        await page.Locator("#answer-note").FillAsync("By radio, at noon.");
        page = await BoardSuite.AgainAsync(page, page.Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" }).ClickAsync();

        await Expect(page.Locator("#answer-note")).ToHaveValueAsync("By radio, at noon.");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Not sent yet");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Cases_ChosenInTheList_AreAcknowledgedWithOneNote_EachByItself()
    {
        await suite.ObserveAsync("ZMB", 91);
        await suite.ObserveAsync("ZWE", 92);
        Case[] cases = [await suite.CaseAsync("ZMB"), await suite.CaseAsync("ZWE")];
        var page = await suite.LiveAsync("desk", "/cases");
        await page.GetByLabel("Choose Zambia").CheckAsync();
        await page.GetByLabel("Choose Zimbabwe").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge 2 cases…" }).ClickAsync();
        var rows = page.Locator("#together li");
        await Expect(rows).ToHaveCountAsync(2);
        foreach (var row in await rows.AllAsync())
        {
            await row.Locator("select").SelectOptionAsync("recipients/council");
        }

        await page.Locator("#together-note").FillAsync("Told by telephone.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge 2", Exact = true }).ClickAsync();

        await Expect(page.Locator("#said")).ToHaveTextAsync("2 of 2 are recorded.", new() { Timeout = 10_000 });
        await Expect(rows.First).ToContainTextAsync("Recorded: Council has acknowledged.");

        await rows.Nth(1).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") }).ClickAsync();
        await Expect(rows.Nth(1)).ToContainTextAsync("the acknowledgement of Council is withdrawn", new() { Timeout = 10_000 });
        await Expect(rows.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") })).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
        var withdrawn = 0;
        foreach (var one in cases)
        {
            var now = await new CaseService.CaseServiceClient(suite.Process.Channel).GetCaseAsync(
                new() { Name = one.Name },
                suite.Full,
                cancellationToken: TestContext.Current.CancellationToken
            );
            var answer = Assert.Single(now.Case.Entries, entry => entry.Kind == CaseEntry.Types.Kind.Acknowledged);
            Assert.Contains("Told by telephone.", answer.Text, StringComparison.Ordinal);
            withdrawn += now.Case.Entries.Count(entry => entry.Kind == CaseEntry.Types.Kind.AcknowledgementWithdrawn);
        }

        Assert.Equal(1, withdrawn);
    }

    [Fact]
    public async Task Way_FromACase_IsWalkedToItsObservationAndBack()
    {
        var name = (await suite.CaseAsync("UGA")).Name;
        var page = await suite.LiveAsync("desk", $"/{name}");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Trace" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"The way of {name}");
        await Expect(page.Locator(".way .here")).ToContainTextAsync("Many attacks");
        var observation = page.Locator("section", new() { Has = page.Locator("#observation") }).Locator("li code").First;
        var id = await observation.InnerTextAsync();
        await observation.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"The way of {id}");
        await Expect(page.Locator(".way .here")).ToContainTextAsync("one.attacks");

        await page.Locator(".way .here").GetByRole(AriaRole.Link, new() { Name = "Many attacks" }).First.ClickAsync();
        await Expect(page.Locator(".way .here")).ToContainTextAsync("Because of:");
        await page.Locator("#search").FillAsync("nowhere");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/trace\?id=nowhere$"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nowhere");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Way_OfAnothersCountry_IsNotShown()
    {
        var page = await suite.LiveAsync("focal", $"/trace/{(await suite.CaseAsync("UGA")).Name}");

        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.DoesNotContain("Uganda", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
