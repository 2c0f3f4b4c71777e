using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>Somebody's hands on a page of the board, which count what they do.</summary>
internal sealed class Hands(IPage page, bool phone = false)
{
    private const int MostTabs = 40;

    /// <summary>Clicks, taps, and presses of a key that does something.</summary>
    public int Acts { get; private set; }

    /// <summary>Presses of keys in all.</summary>
    public int Keys { get; private set; }

    /// <summary>Clicks something, or touches it.</summary>
    public Task ActAsync(ILocator on)
    {
        Acts++;
        return phone ? on.TapAsync() : on.ClickAsync();
    }

    /// <summary>Skips to the page's own content, which moves the focus and does nothing.</summary>
    public async Task SkipAsync()
    {
        await EnterAsync(".skip");
        Acts--;
    }

    /// <summary>Goes to something by the tabulator and presses Enter there.</summary>
    public async Task EnterAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (var tabs = 0; !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); tabs++)
        {
            Assert.True(tabs < MostTabs, $"{selector} is not reached by {MostTabs} tabulators.");
            await page.Keyboard.PressAsync("Tab");
            Keys++;
        }

        await page.Keyboard.PressAsync("Enter");
        (Acts, Keys) = (Acts + 1, Keys + 1);
    }
}
