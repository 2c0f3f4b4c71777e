using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>A case is answered where it is read.</summary>
[Collection(nameof(BoardSuite))]
public sealed class CaseTests(BoardSuite suite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FocalPoint_OnAPhone_AcknowledgesAndDecides_AndIsOnRecordUnderNameAndRole()
    {
        var name = (await suite.CaseAsync("KEN")).Name;
        var page = await suite.LiveAsync("focal", "/", phone: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "Kenya" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Many attacks, Kenya");
        await Expect(page.Locator(".climb li").First).ToContainTextAsync("told");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }).ClickAsync();
        await page.Locator("#answer-note").FillAsync("We look into it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Expect(page.Locator("#said")).ToHaveTextAsync("Recorded: Focal point of Kenya has acknowledged.", new() { Timeout = 10_000 });
        await Expect(page.Locator(".climb li").First).ToContainTextAsync("answered");
        await Expect(page.Locator(".tl")).ToContainTextAsync("We look into it.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Decide…" }).ClickAsync();
        await Expect(page.GetByText("Refer to the Security Council")).ToHaveCountAsync(0);
        await page.GetByText("Consult further").ClickAsync();
        await page.Locator("#answer-date").FillAsync("2099-01-02");
        await page.Locator("#answer-note").FillAsync("A team is on its way.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the decision" }).ClickAsync();
        await Expect(page.Locator("#said")).ToHaveTextAsync("Recorded: the decision of Focal point of Kenya.", new() { Timeout = 10_000 });
        await Expect(page.Locator(".chain")).ToContainTextAsync("Consult further");
        await page.Context.CloseAsync();

        var entries = (await Cases.GetCaseAsync(new() { Name = name }, suite.Full, cancellationToken: Cancel)).Case.Entries;
        var answer = entries.Single(entry => entry.Kind == CaseEntry.Types.Kind.Acknowledged);
        Assert.Equal(
            ("focal", true, AccessRole.FocalPoint, BoardSuite.FocalPoint),
            (answer.Actor, answer.ActorVerified, answer.ActorRole, answer.Resource)
        );
        Assert.Equal(Decision.ConsultFurther, entries.Single(entry => entry.Kind == CaseEntry.Types.Kind.Decided).Decision);
    }

    [Fact]
    public async Task Operator_RecordsAnotherOnesAnswer_OnlyWithHowTheyKnow()
    {
        var name = (await suite.CaseAsync("UGA")).Name;
        var page = await suite.LiveAsync("desk", $"/{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" }).ClickAsync();
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Record the answer" });
        await send.ClickAsync();
        Assert.True(await page.Locator("#answer-note").EvaluateAsync<bool>("note => note.validity.valueMissing"));

        await page.Locator("#answer-note").FillAsync("By telephone, called back.");
        await send.ClickAsync();

        await Expect(page.Locator("#said"))
            .ToHaveTextAsync("Recorded: Focal point of Uganda has acknowledged.", new() { Timeout = 10_000 });
        await Expect(page.Locator(".tl")).ToContainTextAsync("desk, operator");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo…" }).ClickAsync();
        await page.Locator("#answer-note").FillAsync("It was another country's.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();
        await Expect(page.Locator("#said"))
            .ToHaveTextAsync("Recorded: the acknowledgement of Focal point of Uganda is withdrawn.", new() { Timeout = 10_000 });
        await Expect(page.Locator(".climb li").First).ToContainTextAsync("withdrew it");
        await Expect(page.Locator(".tl")).ToContainTextAsync("It was another country's.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record an answer…" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Reviewer_IsOfferedNoAct()
    {
        var page = await suite.LiveAsync("reviewer", $"/{(await suite.CaseAsync("UGA")).Name}");

        await Expect(page.Locator("h1")).ToContainTextAsync("Uganda");
        await Expect(page.Locator("main .acts")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task CaseOfAnothersCountry_IsNotShown()
    {
        var page = await suite.LiveAsync("focal", $"/{(await suite.CaseAsync("UGA")).Name}");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be shown");
        Assert.DoesNotContain("Uganda", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Chain_FromObservationToAnswer_IsWalkedByClicks()
    {
        var page = await suite.LiveAsync("desk", $"/{(await suite.CaseAsync("UGA")).Name}");
        var observation = page.Locator(".chain li").First.Locator("a").First;
        await Expect(observation).ToContainTextAsync("one.attacks");

        foreach (var href in await page.Locator(".chain a").EvaluateAllAsync<string[]>("links => links.map(link => link.hash)"))
        {
            await Expect(page.Locator($"[id='{Uri.UnescapeDataString(href[1..])}']")).ToHaveCountAsync(1);
        }

        await page.Locator(".chain li").Nth(1).Locator("a").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#breaches-UGA"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task List_OfCases_SaysWhichOfHowMany_AndLeadsToEach()
    {
        var page = await suite.LiveAsync("desk", "/cases?state=all");

        await Expect(page.Locator("#shown")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"^1 to (\d+) of \1$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Uganda" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Uganda");
        await page.Context.CloseAsync();
    }

    private CaseService.CaseServiceClient Cases => new(suite.Process.Channel);
}
