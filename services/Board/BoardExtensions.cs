using EarlyWarning.Board.Live;
using EarlyWarning.Board.Pages;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board;

/// <summary>The operators' page.</summary>
public static class BoardExtensions
{
    /// <summary>Its own script, style and socket. Bars of the ranking are placed by the style of each.</summary>
    private const string OwnAlone =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>It shows every country to whoever looks.</summary>
    private static readonly AccessRule s_access = new() { Permission = Permission.WarningRead, Concern = Concern.World };

    private static readonly BrowserPage s_asset = new(IsOpened: false);

    private const string Page = "/";
    private const string Style = "/board.css";
    private const string Script = "/board.js";
    private const string Socket = "/board/live";

    /// <summary>Gets what it serves.</summary>
    public static IReadOnlyList<string> Paths { get; } = [Page, Style, Script, Socket];

    /// <summary>Adds the board: one set of watches on the suite, however many people look at it.</summary>
    public static IServiceCollection AddBoard(this IServiceCollection services, BoardOptions options)
    {
        services.AddRazorComponents();
        services.AddScoped<HtmlRenderer>();
        services.AddSingleton(options);
        services.AddSingleton<SuiteClient>();
        services.AddSingleton<LiveState>();
        services.AddSingleton<SectionRenderer>();
        services.AddSingleton<Broadcast>();
        services.AddHostedService<LiveFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<Broadcast>());
        return services;
    }

    /// <summary>Maps the page at <c>/</c>, its style and script, and the WebSocket that keeps it live.</summary>
    public static IApplicationBuilder MapBoard<TApp>(this TApp app)
        where TApp : IApplicationBuilder, IEndpointRouteBuilder
    {
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(10) });
        app.MapGet(Page, async (LiveState state, SectionRenderer sections, HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                var shown = state.Current;
                var reader = context.User.Identity is { AuthenticationType: BrowserPage.Session, Name: var name } ? name : null;
                return new RazorComponentResult<BoardPage>(
                    new
                    {
                        shown.Exercise,
                        Reader = reader,
                        Sections = await sections.RenderAsync(shown),
                    }
                );
            })
            .WithMetadata(new ContentPolicy(OwnAlone), s_access, new BrowserPage(IsOpened: true));
        app.MapGet(Style, () => Asset("board.css", "text/css")).WithMetadata(s_asset);
        app.MapGet(Script, () => Asset("board.js", "text/javascript")).WithMetadata(s_asset);
        app.Map(Socket, BoardSocket.ServeAsync).WithMetadata(s_access, s_asset);
        return app;
    }

    private static FileStreamHttpResult Asset(string name, string type) =>
        TypedResults.Stream(typeof(BoardExtensions).Assembly.GetManifestResourceStream($"Assets/{name}")!, $"{type}; charset=utf-8");
}
