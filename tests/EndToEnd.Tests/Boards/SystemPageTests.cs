using System.Text.RegularExpressions;
using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>Whether a warning gets through is seen, and put right, where it is read.</summary>
[Collection(nameof(BoardSuite))]
public sealed class SystemPageTests(BoardSuite suite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_FromTheHeadOfAnyPage_SeesThePathItsSourcesAndWhatRuns()
    {
        var page = await suite.LiveAsync("desk", "/");
        await page.Locator("a.dot").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/system$"));
        await Expect(page.Locator("h1")).ToContainTextAsync("The path of a warning works", new() { Timeout = 15_000 });
        await Expect(page.Locator(".strip li")).ToHaveCountAsync(7);
        await Expect(page.Locator("[data-source='end-to-end']")).ToContainTextAsync("heard", new() { Timeout = 15_000 });
        await Expect(page.GetByText("No message waits, and none was given up.")).ToBeVisibleAsync();
        await Expect(page.GetByText("None was set aside, and none has failed.")).ToBeVisibleAsync();
        await Expect(page.GetByText("the only process")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unarm…" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task FirstAnswer_WithoutAScript_HasTheSentenceTheSourcesAndTheLines()
    {
        var page = await suite.OpenAsync("desk", script: false);
        await page.GotoAsync("/system");

        await Expect(page.Locator("h1")).ToContainTextAsync("The path of a warning");
        await Expect(page.Locator("[data-source]")).ToHaveCountAsync(1);
        Assert.InRange(await page.Locator(".stage dt").CountAsync(), 15, 60);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Suite_UnarmedByAnAdministrator_IsSaidToFail_AndArmedByAnOperator_BothOnRecord()
    {
        var admin = await suite.LiveAsync("admin", "/system");
        var desk = await suite.LiveAsync("desk", "/system", phone: true);
        try
        {
            await admin.GetByRole(AriaRole.Button, new() { Name = "Unarm…" }).ClickAsync();
            var send = admin.GetByRole(AriaRole.Button, new() { Name = "Unarm: nobody is told" });
            await send.ClickAsync();
            Assert.True(await admin.Locator("#act-note").EvaluateAsync<bool>("note => note.validity.valueMissing"));
            await admin.Locator("#act-note").FillAsync("A first load of the board's test.");
            await send.ClickAsync();
            await Expect(admin.Locator("#said")).ToContainTextAsync("Unarmed until", new() { Timeout = 10_000 });

            await Expect(desk.Locator("h1")).ToContainTextAsync("does NOT work: Threshold", new() { Timeout = 10_000 });
            await Expect(desk.Locator("#arming")).ToBeVisibleAsync();
            await Expect(desk.GetByText("UNARMED since").First).ToContainTextAsync("by admin");
            await desk.GetByRole(AriaRole.Button, new() { Name = "Arm…" }).ClickAsync();
            await desk.GetByRole(AriaRole.Button, new() { Name = "Arm the suite" }).ClickAsync();
            await Expect(desk.Locator("#said")).ToContainTextAsync("Armed.", new() { Timeout = 10_000 });
            await Expect(desk.Locator("dialog[open]")).ToHaveCountAsync(0);
        }
        finally
        {
            await new ServerService.ServerServiceClient(suite.Process.Channel).ArmSuiteAsync(new(), suite.Full, cancellationToken: Cancel);
        }

        await desk.Context.CloseAsync();
        await admin.GotoAsync("/audit?caller=admin&method=ServerService/UnarmSuite");
        await Expect(admin.Locator(".record tbody tr")).ToHaveCountAsync(1);
        await Expect(admin.Locator(".record tbody tr")).ToContainTextAsync("administrator");
        await Expect(admin.Locator(".record tbody tr")).ToContainTextAsync("A first load of the board's test.");
        await Expect(admin.Locator("#whole-h")).ToHaveTextAsync("The chain holds", new() { Timeout = 15_000 });
        await admin.Context.CloseAsync();
    }

    [Fact]
    public async Task Viewer_WhoMayNotReadTheStatus_IsToldWhoMay_AndHasNoWayThere()
    {
        var page = await suite.LiveAsync("reviewer", "/system");

        await Expect(page.Locator("main")).ToContainTextAsync("Operators and administrators of the world");
        await Expect(page.Locator(".dot")).ToHaveCountAsync(0);
        await page.GotoAsync("/audit");
        await Expect(page.Locator("main")).ToContainTextAsync("read the record");
        await Expect(page.Locator(".record")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Record_FilteredByItsAddress_ListsThoseAlone_AndAFilterThatIsNoneIsRefusedInWords()
    {
        var page = await suite.OpenAsync("desk", script: false);

        await page.GotoAsync("/audit?method=ThresholdService/CreateThreshold&code=OK");
        await Expect(page.Locator(".record tbody tr").Filter(new() { HasText = "thresholds/one-high" })).ToHaveCountAsync(1);
        await Expect(page.Locator(".record tbody tr").Filter(new() { HasNotText = "CreateThreshold" })).ToHaveCountAsync(0);
        await Expect(page.Locator("select[name=method]")).ToHaveValueAsync("ThresholdService/CreateThreshold");

        await page.GotoAsync("/audit?method=Nothing");
        await Expect(page.Locator("[role=alert]").Last).ToContainTextAsync("'Nothing' is none that goes on record");
        await page.Context.CloseAsync();
    }
}
