using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>A whole suite whose callers an issuer vouches for: the API, <c>ew</c>, and the board in a browser.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Suite_WithAnIssuer_IsClosedTakesItsTokensAndShowsTheBoardToWhoeverSignsIn()
    {
        await using var issuer = new TestIssuer();
        await issuer.StartAsync();
        (issuer.Claims["preferred_username"], issuer.Groups) = ("amina", ["desk"]);
        using var folder = new TemporaryFolder();
        var rules = folder.Write(
            "rules.yaml",
            $$"""
            issuers:
              - { issuer: {{issuer.Url}}, audience: {{TestIssuer.Audience}}, client-id: board }
            grants:
              - match: { issuer: {{issuer.Url}}, claim: groups, value: desk }
                roles: [{ role: operator }]
            """
        );
        await using var suite = SuiteProcess.In(folder.In("data"));
        Assert.True(await suite.StartAsync(crashAt: null, "--access", rules), suite.Output);
        var server = new ServerService.ServerServiceClient(suite.Channel);

        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Assert.ThrowsAsync<RpcException>(async () => await server.GetServerInfoAsync(new()))).StatusCode
        );
        var token = await issuer.TokenAsync();
        await server.GetServerInfoAsync(new(), new Metadata { { "authorization", $"Bearer {token}" } });
        var status = await EwProcess.RunAsync(suite, "status", "--token-command", $"echo {token}");
        Assert.Contains("Issuers: 1; grants: 1.", status.Out, StringComparison.Ordinal);

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
        await page.GotoAsync(suite.Http.ToString());
        await Assertions.Expect(page.Locator("header")).ToContainTextAsync($"amina@{new Uri(issuer.Url).Authority}");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 15_000 });
        Assert.Equal(401, (await page.Context.APIRequest.GetAsync($"{suite.Http}v1/serverInfo")).Status);

        // The board goes on by itself with a new session where the old one is over, as long as the issuer knows its reader.
        await page.Context.ClearCookiesAsync(new() { Name = "ew-session" });
        folder.Write("rules.yaml", (await File.ReadAllTextAsync(rules)).Replace("operator", "reviewer", StringComparison.Ordinal));
        await Eventually.HoldsAsync(
            async () => (await page.Context.CookiesAsync()).Any(cookie => cookie.Name == "ew-session"),
            "the page signed in again",
            seconds: 30
        );
    }
}
