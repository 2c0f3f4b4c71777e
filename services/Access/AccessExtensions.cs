using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Authentication;
using EarlyWarning.Access.Calls;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Names;
using EarlyWarning.Access.Permissions;
using EarlyWarning.Access.Rates;
using EarlyWarning.Access.Roles;
using EarlyWarning.Access.Sealing;
using EarlyWarning.Access.Sessions;
using EarlyWarning.Access.Viewers;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.OpenApi;
using EarlyWarning.ServiceDefaults.Pages;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access;

/// <summary>Who may call, by which names, and from which web pages.</summary>
public static class AccessExtensions
{
    /// <summary>The scheme that leads to the one by which a caller is known.</summary>
    private const string Caller = "Caller";

    private static readonly SecurityScheme s_key = new(
        "key",
        "http",
        "A key that the suite's operators made, or a token of an issuer that it takes.",
        "bearer"
    );
    private static readonly SecurityScheme s_certificate = new(
        "certificate",
        "mutualTLS",
        "A certificate that the suite's CA signed for clients."
    );

    /// <summary>
    /// Adds who may call, and what they may. Where there are keys or issuers every endpoint asks for a key or a token, and for a role that
    /// holds what it takes, unless it allows anonymous callers. With certificates it asks for one too, and the key or token names the
    /// caller; without either the
    /// certificate does. With nothing of all that everybody is let in. The gRPC client turns the HTTP 401 into UNAUTHENTICATED.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="keys">Whom to let in.</param>
    /// <param name="rules">Whom to let in because others vouch for them.</param>
    /// <param name="sessions">The folder of the keys that seal browsers' sessions.</param>
    /// <param name="names">By which names the suite is called, and which other web pages may call it.</param>
    /// <param name="certificates">How callers are known by a certificate that they have to show; <see langword="null"/> where they need
    /// none.</param>
    /// <param name="rates">How much one caller may ask for; <see langword="null"/> for the standard where keys exist, and no limit while
    /// the suite is open.</param>
    /// <param name="secret">What all processes of the suite know, which seals sessions in place of the folder's keys;
    /// <see langword="null"/> where there is one.</param>
    public static IHostApplicationBuilder AddAccess(
        this IHostApplicationBuilder builder,
        ApiKeys keys,
        AccessFile rules,
        string sessions,
        ServedNames names,
        CallerCertificates? certificates = null,
        RateOptions? rates = null,
        Func<string>? secret = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(rules);
        var services = builder.Services;
        services.AddSingleton(keys);
        services.AddSingleton(new RateLimits(rates));
        services.AddSingleton<AccessMetrics>();
        services.AddSingleton<RateFaults>();
        services.AddHostedService<KeyWatch>();
        services.AddSingleton(rules);
        services.AddSingleton(new AnonymousAccess(keys, rules, certificates));
        services.AddSingleton<TokenCheck>();
        var authentication = services
            .AddAuthentication(Caller)
            .AddPolicyScheme(Caller, null, caller =>
                caller.ForwardDefaultSelector = context =>
                    SchemeOf(context, rules)
                    ?? (keys.IsOpen && certificates is not null ? CertificateHandler.SchemeName : ApiKeyHandler.SchemeName)
            )
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, null)
            .AddCookie(SessionCookie.SchemeName);
        if (certificates is not null)
        {
            services.AddSingleton(certificates);
            services.AddHostedService<CertificateWatch>();
            authentication.AddScheme<AuthenticationSchemeOptions, CertificateHandler>(CertificateHandler.SchemeName, null);
        }

        services.AddSignIn(new(sessions, secret));
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Caller).AddRequirements(new PermissionRequirement()).Build());
        services.AddSingleton<DirectoryMembers>();
        services.AddSingleton<IOrganisations>(provider => provider.GetRequiredService<DirectoryMembers>());
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryMembers>());
        services.AddSingleton<ResourceOwners>();
        services.AddSingleton<ViewerPasses>();
        services.AddSingleton<IViewers, PageViewers>();
        services.AddSingleton(
            new SecuritySchemes(() =>
                [
                    .. keys.IsOpen && rules.IsAbsent ? Array.Empty<SecurityScheme>() : [s_key],
                    .. certificates is null ? Array.Empty<SecurityScheme>() : [s_certificate],
                ]
            )
        );
        services.AddSingleton(names);

        // Pages of named origins may send what a client sends; a key only as a header of their own, never the one that the browser
        // remembers for its user.
        services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins([.. names.Origins])
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders([.. AnswerHeaders.Read])
                    .SetPreflightMaxAge(TimeSpan.FromHours(1))
            )
        );
        return builder;
    }

    /// <summary>
    /// Adds what holds a request to the rate, the countries and the recipients of its caller. It stands behind everything that changes a
    /// request.
    /// </summary>
    /// <param name="interceptors">The interceptors of calls.</param>
    public static void AddReach(this InterceptorCollection interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        interceptors.Add<RateInterceptor>();
        interceptors.Add<CountryScopeInterceptor>();
        interceptors.Add<RefusedItemsInterceptor>();
    }

    /// <summary>
    /// Refuses foreign names and origins, and lets pages of named origins read what they are answered. It stands before everything that
    /// answers.
    /// </summary>
    /// <param name="app">The application.</param>
    public static IApplicationBuilder UseServedNames(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ServedNamesCheck>();
        return app.ApplicationServices.GetRequiredService<ServedNames>().Origins.Count > 0 ? app.UseCors() : app;
    }

    /// <summary>
    /// Learns who calls, refuses who may not or asks for more than it may, and ends what is open when its caller would be refused by now.
    /// </summary>
    /// <param name="app">The application.</param>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) =>
        app.UseAuthentication()
            .UseMiddleware<RateLimitMiddleware>()
            .UseAuthorization()
            .UseMiddleware<OpenCalls>()
            .Use((context, next) => PageViewers.GivePassAsync(context, next, context.RequestServices.GetRequiredService<ViewerPasses>()));

    /// <summary>Adds how people sign in with their browsers. The scheme itself comes and goes with the rules.</summary>
    private static void AddSignIn(this IServiceCollection services, SessionKeys sessions)
    {
        services.AddSingleton(sessions);
        services.AddSingleton(provider => provider.GetRequiredService<SessionKeys>().Provider);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, SignInOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>()
        );
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<SignInScheme>();
        services.AddHostedService<AccessWatch>();
    }

    /// <summary>A token by its form, a session on a page alone; <see langword="null"/> for what is neither. HTTP Basic has a key.</summary>
    private static string? SchemeOf(HttpContext context, AccessFile rules) =>
        rules.IsAbsent ? null
        : TokenHandler.IsShown(context.Request) ? TokenHandler.SchemeName
        : context.Request.Headers.Authorization.Count == 0
        && rules.InForce.SignIn is not null
        && context.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is not null
            ? SessionCookie.SchemeName
        : null;
}
