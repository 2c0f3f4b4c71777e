using System.Security.Cryptography;
using EarlyWarning.Board.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EarlyWarning.Board.Assets;

/// <summary>
/// What pages are made of beside their HTML. Each has an address of its own for each content, so that a browser keeps it for good and never
/// shows an old one. Nobody needs to be known for it.
/// </summary>
internal static class BoardAssets
{
    private const string Scripts = "text/javascript; charset=utf-8";
    private static readonly string[] s_styles =
    [
        "tokens.css",
        "shell.css",
        "overview.css",
        "case.css",
        "country.css",
        "system.css",
        "palette.css",
        "media.css",
    ];
    private static readonly string[] s_scripts = ["tree.js", "board.js", "alarms.js", "views.js", "palette.js", "start.js"];
    private static readonly Dictionary<string, Asset> s_all = new()
    {
        ["board.css"] = new([.. s_styles.SelectMany(Read)], "text/css; charset=utf-8"),
        ["board.js"] = new([.. s_scripts.SelectMany(Read)], Scripts),
        ["blazor.web.js"] = new(Read("blazor.web.js"), Scripts),
    };

    /// <summary>Gets the address of the style.</summary>
    public static string Style { get; } = AddressOf("board.css");

    /// <summary>Gets the address of the board's own script.</summary>
    public static string Script { get; } = AddressOf("board.js");

    /// <summary>Gets the address of the framework's script.</summary>
    public static string Framework { get; } = AddressOf("blazor.web.js");

    /// <summary>Gets the address of the shapes of the world.</summary>
    public static string World => $"/board/world.svg?{WorldMap.Shared.Version}";

    /// <summary>Gets what is served.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. s_all.Keys.Select(name => $"/board/{name}"), "/board/world.svg"];

    /// <summary>Maps all of it.</summary>
    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        foreach (var (name, asset) in s_all)
        {
            Map(app, name, () => asset.Content, asset.Type);
        }

        Map(app, "world.svg", () => WorldMap.Shared.Document, "image/svg+xml");
    }

    private static void Map(IEndpointRouteBuilder app, string name, Func<byte[]> content, string type) =>
        app.MapGet($"/board/{name}", (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return TypedResults.Bytes(content(), type);
            })
            .AllowAnonymous();

    private static byte[] Read(string name)
    {
        using var file = typeof(BoardAssets).Assembly.GetManifestResourceStream($"Assets/{name}")!;
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static string AddressOf(string name) => $"/board/{name}?{Convert.ToHexStringLower(SHA256.HashData(s_all[name].Content))[..12]}";

    private sealed record Asset(byte[] Content, string Type);
}
