using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Connection;

/// <summary>Walks the pages of a list.</summary>
internal static class Pages
{
    /// <summary>Gives at most <paramref name="limit"/> items.</summary>
    public static async Task<List<TItem>> ReadAsync<TItem>(
        int limit,
        int largestPage,
        Func<int, string, Task<(IEnumerable<TItem> Items, string Next)>> read
    )
    {
        var items = new List<TItem>();
        var token = "";
        do
        {
            var (page, next) = await read(Math.Min(limit - items.Count, largestPage), token);
            items.AddRange(page);
            token = next;
        } while (token.Length > 0 && items.Count < limit);

        return items.Count > limit ? items[..limit] : items;
    }

    /// <summary>
    /// Gives at most <paramref name="limit"/> items, and notes how many more there are: a list that was cut must not look whole.
    /// </summary>
    public static async Task<List<TItem>> ShownAsync<TItem>(
        Printer print,
        int limit,
        int largestPage,
        Func<int, string, Task<(IEnumerable<TItem> Items, string Next)>> read
    )
    {
        var next = "";
        var got = 0;
        var items = await ReadAsync(limit, largestPage, async (size, token) =>
        {
            var page = await read(size, token);
            (next, got) = (page.Next, got + page.Items.Count());
            return page;
        });
        var (rest, further) = next.Length > 0 ? await read(largestPage, next) : ([], "");
        var more = got - items.Count + rest.Count();
        if (more > 0)
        {
            print.Note($"ew: {DisplayText.Count(more)}{(further.Length > 0 ? " or more" : "")} more; --limit shows them.");
        }

        return items;
    }
}
