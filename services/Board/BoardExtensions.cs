using EarlyWarning.Board.Assets;
using EarlyWarning.Board.Auditing;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Cases;
using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Language;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Pages;
using EarlyWarning.ServiceDefaults.Pages;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board;

/// <summary>The operators' pages.</summary>
public static class BoardExtensions
{
    /// <summary>Its own scripts, styles, drawings and socket, and no style or script within a page.</summary>
    private const string OwnAlone =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string Pulse = "/board/pulse";
    private const string Socket = "/_blazor";

    /// <summary>Whoever reads warnings, of the world or of some countries, sees theirs.</summary>
    private static readonly AccessRule s_access = new() { Permission = Permission.WarningRead, Concern = Concern.None };

    /// <summary>Gets what it serves.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "/",
        "/cases",
        "/cases/{id}",
        "/countries/{code}",
        "/trace",
        "/trace/{**id}",
        "/thresholds",
        "/thresholds/{id}",
        "/threshold-editor",
        "/frameworks",
        "/frameworks/{id}",
        "/system",
        "/runbook",
        "/audit",
        Socket,
        $"{Socket}/{{**rest}}",
        Pulse,
        LanguagePage.Path,
        .. BoardAssets.Paths,
    ];

    /// <summary>Adds the board: one set of watches on the suite, however many people look at it.</summary>
    public static IServiceCollection AddBoard(this IServiceCollection services, BoardOptions options)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = 20);
        services.AddCascadingAuthenticationState();
        services.AddSingleton(_ => new SuiteClient(options.Connect()));
        services.AddSingleton<LiveState>();
        services.AddSingleton<CaseFiles>();
        services.AddSingleton<PastScores>();
        services.AddSingleton<CountryFiles>();
        services.AddSingleton<ChainChecks>();
        services.AddHostedService<LiveFeed>();
        return services;
    }

    /// <summary>Maps the pages at <c>/</c>, the socket that keeps them live, and what they are made of.</summary>
    public static IApplicationBuilder MapBoard<TApp>(this TApp app)
        where TApp : IApplicationBuilder, IEndpointRouteBuilder
    {
        app.UseAntiforgery();
        app.Use(CutOffAsync);
        app.Use(LanguagePage.SpeakAsync);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuit =>
            {
                // What is compressed beside what a stranger may choose tells of secrets by its length; the page's policy forbids frames.
                circuit.DisableWebSocketCompression = true;
                circuit.ContentSecurityFrameAncestorsPolicy = null;
            })
            .Add(endpoint =>
            {
                var isPage =
                    endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path }
                    && !path.TrimStart('/').StartsWith(Socket[1..], StringComparison.Ordinal);
                if (isPage)
                {
                    // Whoever only asks whether a page is there, as monitors do, is answered as by the page, without its content.
                    endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post]));
                }

                endpoint.Metadata.Add(new ContentPolicy(OwnAlone));
                endpoint.Metadata.Add(s_access);
                endpoint.Metadata.Add(new BrowserPage(IsOpened: isPage));
            });
        app.MapGet(Pulse, Live.Pulse.Of).AllowAnonymous();
        app.MapLanguage();
        app.MapAssets();
        return app;
    }

    /// <summary>Ends a page's socket with its request: its viewer would be refused by now, and the framework does not look.</summary>
    private static async Task CutOffAsync(HttpContext context, RequestDelegate next)
    {
        await using var ended = context.Request.Path.StartsWithSegments(Socket, StringComparison.Ordinal)
            ? context.RequestAborted.Register(context.Abort)
            : default;
        await next(context);
    }
}
