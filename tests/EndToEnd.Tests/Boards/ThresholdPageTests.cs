using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>Thresholds are read, made, changed and retired on the board, on record with who and why.</summary>
[Collection(nameof(BoardSuite))]
public sealed class ThresholdPageTests(BoardSuite suite)
{
    private ThresholdService.ThresholdServiceClient Thresholds => new(suite.Process.Channel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Threshold_IsMadeAfterItsFaultsAndItsPreview_AndChanged_AndRetired_WithWhyOnRecord()
    {
        var page = await suite.LiveAsync("admin", "/thresholds");
        await page.GetByRole(AriaRole.Link, new() { Name = "New threshold" }).ClickAsync();
        await page.Locator("#f-name").FillAsync("tried");
        await page.Locator("#f-display_name").FillAsync("Tried on the board");
        await page.Locator("#f-framework").SelectOptionAsync(Definitions.Framework);
        await page.Locator("#f-value").FillAsync("700");
        await page.Locator("#check").ClickAsync();
        await Expect(page.Locator("#e-value")).ToContainTextAsync("700 is not on the target's scale", new() { Timeout = 10_000 });

        await page.Locator("#f-value").FillAsync("80");
        await page.Locator("#check").ClickAsync();
        await Expect(page.Locator(".met")).ToContainTextAsync("Uganda", new() { Timeout = 10_000 });
        await Expect(page.Locator("#e-value")).Not.ToContainTextAsync("700");
        Assert.DoesNotContain((await Thresholds.ListThresholdsAsync(new(), suite.Full, cancellationToken: Cancel)).Thresholds, one =>
            one.Name == "thresholds/tried"
        );

        await page.Locator("#f-countries").FillAsync("bdi");
        await page.Locator("#f-note").FillAsync("To see how it goes.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/thresholds/tried$"), new() { Timeout = 10_000 });
        await Expect(page.Locator(".rule .lead")).ToHaveTextAsync("Fires where the score of One indicator is 80 or more.");
        await Expect(page.Locator(".history")).ToContainTextAsync("made by admin");
        await Expect(page.Locator(".history")).ToContainTextAsync("To see how it goes.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit…" }).ClickAsync();
        await page.Locator("#f-value").FillAsync("85");
        await page.Locator("#f-note").FillAsync("Too low.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this version" }).ClickAsync();
        await Expect(page.Locator(".history li").First).ToContainTextAsync("Too low.", new() { Timeout = 10_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Retire…" }).ClickAsync();
        await page.Locator("#act-note").FillAsync("Tried enough.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire it for good" }).ClickAsync();
        await Expect(page.Locator(".rule .states")).ToContainTextAsync("retired", new() { Timeout = 10_000 });
        await Expect(page.Locator(".history li").First).ToContainTextAsync("retired by admin");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retire…" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();

        var kept = (
            await Thresholds.GetThresholdAsync(new() { Name = "thresholds/tried" }, suite.Full, cancellationToken: Cancel)
        ).Threshold;
        Assert.Equal((85.0, true), (kept.Value, kept.RetireTime is not null));
    }

    [Fact]
    public async Task Threshold_ThatSomebodyChangedMeanwhile_IsNotOverwrittenUnseen()
    {
        var threshold = (
            await Thresholds.CreateThresholdAsync(
                new()
                {
                    Threshold = new()
                    {
                        Name = "thresholds/contested",
                        DisplayName = "Contested",
                        Framework = Definitions.Framework,
                        Condition = Condition.Above,
                        Value = 95,
                        Severity = Severity.Advisory,
                        Countries = { "BDI" },
                    },
                },
                suite.Full,
                cancellationToken: Cancel
            )
        ).Threshold;
        var page = await suite.LiveAsync("admin", "/threshold-editor?of=contested");
        await page.Locator("#f-value").FillAsync("90");
        threshold.Value = 97;
        await Thresholds.UpdateThresholdAsync(new() { Threshold = threshold }, suite.Full, cancellationToken: Cancel);

        await page.Locator("#f-note").FillAsync("Mine.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this version" }).ClickAsync();

        var row = page.Locator("tbody tr");
        await Expect(row).ToHaveCountAsync(1, new() { Timeout = 10_000 });
        await Expect(row).ToContainTextAsync(new Regex("Value.*97.*90", RegexOptions.Singleline));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save mine over it" }).ClickAsync();
        await Expect(page.Locator(".rule .lead")).ToContainTextAsync("90 or more", new() { Timeout = 10_000 });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Viewer_WhoIsBound_SeesConditionsAndItsOwnBreachesAlone_AndIsOfferedNoChange()
    {
        await suite.CaseAsync("UGA");
        var page = await suite.LiveAsync("focal", "/thresholds");
        var row = page.Locator("[data-threshold='thresholds/one-high']");
        await Expect(row).ToContainTextAsync("Fires where the score is 70 or more, until it is below 40.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "New threshold" })).ToHaveCountAsync(0);

        await row.GetByRole(AriaRole.Link, new() { Name = "Many attacks" }).ClickAsync();
        await Expect(page.Locator("[data-breach]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-breach]")).ToContainTextAsync("Kenya");
        await Expect(page.Locator("main .acts")).ToHaveCountAsync(0);
        await Expect(page.Locator("main")).ToContainTextAsync("is told to operators and administrators");
        Assert.DoesNotContain("Uganda", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync("/threshold-editor?of=one-high");
        await Expect(page.Locator("main")).ToContainTextAsync("Administrators of the world make and change thresholds.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Framework_IsReadAsATree_WithWhatWatchesIt()
    {
        var page = await suite.OpenAsync("focal", script: false);
        await page.GotoAsync("/frameworks");
        await page.GetByRole(AriaRole.Link, new() { Name = "One indicator" }).ClickAsync();

        await Expect(page.Locator(".tree")).ToContainTextAsync("one.attacks");
        await Expect(page.Locator(".facts")).ToContainTextAsync("from 70");
        await Expect(page.Locator(".watched")).ToContainTextAsync("Many attacks");
        await page.Context.CloseAsync();
    }
}
