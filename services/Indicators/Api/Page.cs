using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf;

namespace EarlyWarning.Indicators.Api;

/// <summary>A page of a list that is in memory.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextToken">Asks for the next page; empty on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string NextToken);

/// <summary>Cuts pages.</summary>
internal static class Page
{
    /// <summary>Cuts the page that a request asks for.</summary>
    public static Page<T> Of<T>(PageTokens tokens, IMessage request, string token, int size, int standard, int limit, IEnumerable<T> all)
        where T : class, IMessage
    {
        var skip = tokens.Decode(request, "page_token", token);
        var take = PageTokens.Size(size, standard, limit);
        List<T> found = [.. all.Skip((int)Math.Min(skip, int.MaxValue)).Take(take + 1)];
        var fit = PageFit.Count(found, take);
        return found.Count > fit ? new(found[..fit], tokens.Encode(request, skip + fit)) : new(found, "");
    }
}
