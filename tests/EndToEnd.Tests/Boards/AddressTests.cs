namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>Addresses that somebody has misspelt, kept too long, or has from another suite.</summary>
[Collection(nameof(BoardSuite))]
public sealed class AddressTests(BoardSuite suite)
{
    [Fact]
    public async Task Page_OfWhatIsNotThere_SaysSoInWordsAndByStatus()
    {
        var page = await suite.OpenAsync("full", script: false);
        foreach (
            var (path, words) in new[]
            {
                ("/cases/KEN-0", "There is no case"),
                ("/cases/NOPE", "There is no case"),
                ("/trace/breaches/0", "There is no"),
                ("/thresholds/nope", "There is no"),
                ("/frameworks/nope", "There is no"),
                ("/frameworks/one?version=x", "cannot be shown"),
            }
        )
        {
            var answer = await page.APIRequest.GetAsync(path);

            Assert.Equal((path, 404), (path, answer.Status));
            Assert.Contains(words, await answer.TextAsync(), StringComparison.Ordinal);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_AskedForByHead_IsAnsweredAsByGetWithoutItsContent()
    {
        var page = await suite.OpenAsync("full", script: false);

        foreach (var (path, status) in new[] { ("/", 200), ("/system", 200), ("/countries/QQQ", 404) })
        {
            var answer = await page.APIRequest.HeadAsync(path);

            Assert.Equal((path, status), (path, answer.Status));
            Assert.Empty(await answer.TextAsync());
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_WhoseAddressAsksForWhatCannotBe_SaysWhatItShowsInstead()
    {
        var page = await suite.OpenAsync("full", script: false);
        foreach (
            var (path, words) in new[]
            {
                ("/countries/KEN?as-known-at=nonsense", "is no moment"),
                ("/countries/KEN?as-known-at=1900-01-01T00:00", "is no moment"),
                ("/countries/KEN?framework=nope", "is active"),
                ("/?framework=nope", "is active"),
                ("/audit?from=nonsense", "is no day"),
                ("/audit?until=9999-12-31", "<table"),
                ("/audit?after=x", "<table"),
                ("/cases?after=x", "<table"),
                ("/countries/KEN?all=x", "Kenya"),
                ("/thresholds?retired=x", "<h1"),
                ("/?show=x", "Kenya"),
            }
        )
        {
            var answer = await page.APIRequest.GetAsync(path);

            Assert.Equal((path, 200), (path, answer.Status));
            Assert.Contains(words, await answer.TextAsync(), StringComparison.Ordinal);
        }

        await page.Context.CloseAsync();
    }
}
