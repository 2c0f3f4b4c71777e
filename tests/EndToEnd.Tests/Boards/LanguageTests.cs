using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>The board in French: as the browser asks for it, and as its reader chooses.</summary>
[Collection(nameof(BoardSuite))]
public sealed class LanguageTests(BoardSuite suite)
{
    [Fact]
    public async Task Browser_ThatAsksForFrench_IsAnsweredInFrench_OnEachPageAndInItsDialogs()
    {
        var name = (await suite.CaseAsync("UGA")).Name;
        var page = await suite.LiveAsync("desk", "/", language: "fr-CH");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(page).ToHaveTitleAsync(new Regex("Vue d’ensemble · Alerte précoce$"));
        await Expect(page.Locator("#situations")).ToHaveTextAsync("Situations");
        await Expect(page.Locator("article.sit h3", new() { HasText = "Ouganda" })).ToHaveCountAsync(1);
        await Expect(page.Locator("#r-UGA .lvc")).ToHaveTextAsync(new Regex("élevé|extrême"));
        await page.Locator("#search").FillAsync("fidji");
        await Expect(page.Locator("tr[data-country]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#shown")).ToContainTextAsync("Affichés\u00a0: 1 sur 1");

        await page.Locator($"article[data-case='{name}']").GetByRole(AriaRole.Link, new() { Name = "Ouvrir" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Ouganda");
        await Expect(page.Locator("#told")).ToHaveTextAsync("Qui a été avisé");
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner une réponse…" }).ClickAsync();
        await Expect(page.Locator("#answer-h")).ToHaveTextAsync("Consigner une réponse");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Comment le savez-vous\u202f? (sera consigné)");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Sentences_OfTheServices_OnAPageInFrench_AreMarkedAsEnglish()
    {
        // What people name, such as the steps of a ladder, is in whatever language they write.
        var one = await suite.CaseAsync("UGA");
        var (name, steps) = (one.Name, one.Climbs[0].Steps.Select(step => step.DisplayName).ToArray());
        var page = await suite.LiveAsync("desk", $"/{name}", language: "fr-CH");
        await Expect(page.Locator(".tl bdi[lang=en]").Filter(new() { HasText = "Opened by a breach" })).ToHaveCountAsync(1);
        foreach (var path in new[] { $"/{name}", "/system", "/cases", $"/trace/{name}" })
        {
            await page.GotoAsync(path);
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            var unmarked = await page.EvaluateAsync<string[]>(
                """
                names => {
                  const english = /\b(the|is|are|was|has|unless|without|nobody|until|of a breach)\b/i;
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  const found = [];
                  while (walker.nextNode()) {
                    const of = walker.currentNode.parentElement;
                    const text = names.reduce((rest, name) => rest.replaceAll(name, ''), walker.currentNode.nodeValue.trim());
                    if (of.closest('script, style, code, noscript') || of.closest('[lang]').lang !== 'fr') continue;
                    if (english.test(text)) found.push(text);
                  }
                  return found;
                }
                """,
                steps
            );
            Assert.True(unmarked.Length == 0, $"{path}: {string.Join(" | ", unmarked)}");
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Reader_WhoChoosesALanguage_StaysOnThePage_AndIsAskedNoMore()
    {
        var page = await suite.LiveAsync("desk", "/cases?state=all");
        await page.GetByRole(AriaRole.Link, new() { Name = "Français" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/cases\?state=all$"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Dossiers");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.Locator("h1")).ToHaveTextAsync("Dossiers");

        page = await BoardSuite.AgainAsync(page, "/");
        await Expect(page.Locator("#world")).ToHaveTextAsync("Le monde");
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator("#world")).ToHaveTextAsync("The world");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Address_OfAnotherSite_IsNotLedTo()
    {
        using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
        client.BaseAddress = suite.Process.Http;

        foreach (var to in new[] { "https://example.org/", "//example.org/", "/\\example.org" })
        {
            using var answer = await client.GetAsync(
                new Uri($"/language/fr?to={Uri.EscapeDataString(to)}", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal("/", answer.Headers.Location?.ToString());
        }
    }
}
