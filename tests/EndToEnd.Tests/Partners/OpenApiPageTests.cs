using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>The page on which calls can be tried, in a real browser.</summary>
[Collection(PartnerSuite.Name)]
public sealed class OpenApiPageTests(PartnerSuite partners)
{
    [Fact]
    public async Task Page_OfTheApi_ListsACallSendsItAndAsksNobodyElse()
    {
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
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = 1400, Height = 1000 },
            }
        );
        // The page is megabytes of script, which a busy machine reads slowly.
        page.SetDefaultTimeout(90_000);
        page.SetDefaultNavigationTimeout(90_000);
        List<string> asked = [],
            complaints = [];
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        var document = JsonNode.Parse(
            await partners.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)
        )!;
        var summary = (string)document["paths"]!["/v1/serverInfo"]!["get"]!["summary"]!;

        await page.GotoAsync(new Uri(partners.Suite.Http, "/openapi").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "ServerService" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = summary }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /v1/serverInfo)" }).First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync(),
            response => response.Url.EndsWith("/v1/serverInfo", StringComparison.Ordinal)
        );
        await Assertions.Expect(page.GetByText("maxStreamsPerConnection").First).ToBeVisibleAsync(new() { Timeout = 30_000 });

        Assert.Equal(200, answer.Status);
        Assert.NotEmpty(asked);
        Assert.All(
            asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)),
            url => Assert.StartsWith(partners.Suite.Http.ToString(), url, StringComparison.Ordinal)
        );
        Assert.Empty(complaints);
    }
}
