using EarlyWarning.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>What somebody does who is woken, from the overview: find why, answer, prove who was told. Each has a budget.</summary>
[Collection(nameof(BoardSuite))]
public sealed class TaskTests(BoardSuite suite)
{
    private const int MostActs = 3;
    private const int MostKeys = 20;
    private const string Country = "#case-TZA h3 a";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Why_FromTheOverview_IsFoundByThreeClicks(bool phone)
    {
        var (page, hands) = await OverviewAsync(phone);

        await hands.ActAsync(page.Locator(Country));
        await hands.ActAsync(page.Locator(".chain li").Nth(1).Locator("a").First);
        await Expect(page.Locator(".links details[open]")).ToContainTextAsync("93 attacks per month");
        await hands.ActAsync(page.Locator(".links details[open] li a code").First);

        await Expect(page.Locator("#observations[open] li").First).ToContainTextAsync("end-to-end");
        Assert.InRange(hands.Acts, 1, MostActs);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_FromTheOverview_IsGivenByThreeClicks(bool phone)
    {
        var (page, hands) = await OverviewAsync(phone);
        await UnansweredAsync(await suite.CaseAsync("TZA"));

        await hands.ActAsync(page.Locator(Country));
        await hands.ActAsync(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }));
        await hands.ActAsync(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }));

        await Expect(page.Locator("#said"))
            .ToHaveTextAsync("Recorded: Focal point of Tanzania has acknowledged.", new() { Timeout = 10_000 });
        Assert.InRange(hands.Acts, 1, MostActs);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Told_FromTheOverview_IsProvedByThreeClicks(bool phone)
    {
        var (page, hands) = await OverviewAsync(phone);

        await hands.ActAsync(page.Locator(Country));
        var message = page.Locator(".told li").Filter(new() { HasText = "Focal point of Tanzania" }).First;
        await Expect(message).ToContainTextAsync("inbox");
        await Expect(message.Locator("time").First).ToBeVisibleAsync();
        await hands.ActAsync(message.Locator("summary"));

        await Expect(message.Locator(".letter")).ToContainTextAsync("Tanzania");
        Assert.InRange(hands.Acts, 1, MostActs);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Tasks_ByKeyboardAlone_TakeAFewKeys()
    {
        var (page, answer) = await OverviewAsync(phone: false);
        await UnansweredAsync(await suite.CaseAsync("TZA"));
        await answer.SkipAsync();
        await answer.EnterAsync(Country);
        await answer.EnterAsync(".hero .rail button");
        await Expect(page.Locator("#answer")).ToBeVisibleAsync();

        // A key that is held, or pressed once more where the dialog begins, records nothing.
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.UpAsync("Enter");
        await Expect(page.Locator("#answer")).ToBeVisibleAsync();
        await Expect(page.Locator("#said")).ToBeEmptyAsync();
        await answer.EnterAsync("#answer button[type=submit]");
        await Expect(page.Locator("#said"))
            .ToHaveTextAsync("Recorded: Focal point of Tanzania has acknowledged.", new() { Timeout = 10_000 });
        Assert.InRange(answer.Keys, 1, MostKeys);
        Assert.InRange(answer.Acts, 1, MostActs);

        page = await BoardSuite.AgainAsync(page, "/");
        Hands told = new(page);
        await told.SkipAsync();
        await told.EnterAsync(Country);
        await told.EnterAsync(".hero a[href$='#told']");
        await Expect(page.Locator("#told")).ToBeFocusedAsync();
        await told.EnterAsync(".told summary");
        await Expect(page.Locator(".told details[open] .letter")).ToContainTextAsync("Tanzania");
        Assert.InRange(told.Keys, 1, MostKeys);
        Assert.InRange(told.Acts, 1, MostActs);

        page = await BoardSuite.AgainAsync(page, "/");
        Hands why = new(page);
        await why.SkipAsync();
        await why.EnterAsync(Country);
        await why.EnterAsync(".hero .further a, .hero .sub a[href*=breaches]");
        await Expect(page.Locator(".links details[open]")).ToContainTextAsync("93 attacks per month");
        Assert.InRange(why.Keys, 1, MostKeys);
        Assert.InRange(why.Acts, 1, MostActs);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Skip_OnAnyPage_LeadsToItsOwnContent()
    {
        var page = await suite.LiveAsync("desk", "/cases");

        await new Hands(page).EnterAsync(".skip");

        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        Assert.EndsWith("/cases", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    /// <summary>Takes back what another task has answered.</summary>
    private async Task UnansweredAsync(Case one)
    {
        const string FocalPoint = "recipients/focal-point-tza";
        var answers = one.Climbs.SelectMany(climb => climb.Steps).SelectMany(step => step.Acknowledgements);
        if (answers.Any(answer => answer.Recipient == FocalPoint && answer.WithdrawTime is null))
        {
            await new CaseService.CaseServiceClient(suite.Process.Channel).WithdrawAcknowledgementAsync(
                new()
                {
                    Name = one.Name,
                    Recipient = FocalPoint,
                    Note = "Once more.",
                },
                suite.Full,
                cancellationToken: TestContext.Current.CancellationToken
            );
        }
    }

    private async Task<(IPage Page, Hands Hands)> OverviewAsync(bool phone)
    {
        await suite.ObserveAsync("TZA", 93);
        await suite.CaseAsync("TZA");
        var page = await suite.LiveAsync("tanzania", "/", phone);
        await Expect(page.Locator(Country)).ToBeVisibleAsync(new() { Timeout = 15_000 });
        return (page, new(page, phone));
    }
}
