namespace EarlyWarning.Cli.Connection;

/// <summary>Walks the pages of a list.</summary>
internal static class Pages
{
    /// <summary>Gives at most <paramref name="limit"/> items.</summary>
    public static async Task<List<TItem>> ReadAsync<TItem>(
        int limit, int largestPage, Func<int, string, Task<(IEnumerable<TItem> Items, string Next)>> read)
    {
        var items = new List<TItem>();
        var token = "";
        do
        {
            var (page, next) = await read(Math.Min(limit - items.Count, largestPage), token);
            items.AddRange(page);
            token = next;
        }
        while (token.Length > 0 && items.Count < limit);

        return items.Count > limit ? items[..limit] : items;
    }
}
