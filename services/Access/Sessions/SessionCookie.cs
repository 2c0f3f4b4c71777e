using System.Security.Claims;
using EarlyWarning.Access.Authentication;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Sealing;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Sessions;

/// <summary>
/// The session of a browser: a cookie that holds what the issuer said of whoever signed in, which scripts cannot read and other sites
/// cannot send but by a link. What its bearer may is asked of the rules at each call, and it is good for pages alone.
/// </summary>
internal sealed class SessionCookie(AccessFile file, SessionKeys keys, TimeProvider time, CallerCertificates? certificates = null)
    : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string SchemeName = BrowserPage.Session;

    private const string IssuerClaim = "issuer";
    private const string TokenClaim = "token";
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);

    /// <summary>What a session holds, and how long.</summary>
    public static (ClaimsPrincipal Principal, DateTimeOffset Ends) Of(TokenCaller caller, DateTimeOffset now) =>
        (
            new(new ClaimsIdentity([new(IssuerClaim, caller.Issuer.Url), new(TokenClaim, caller.Claims.Json)], SchemeName)),
            caller.Ends - now < s_longest ? caller.Ends : now + s_longest
        );

    /// <inheritdoc/>
    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    /// <inheritdoc/>
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != SchemeName)
        {
            return;
        }

        options.Cookie.Name = "ew-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.SlidingExpiration = false;
        options.TimeProvider = time;
        options.DataProtectionProvider = keys.Provider;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = SignInAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (
            certificates?.RefusalOf(context.HttpContext) is null
            && context.Principal is { } principal
            && context.Properties.ExpiresUtc is { } ends
            && file.InForce.Find(principal.FindFirstValue(IssuerClaim) ?? "")?.Issuer is { SignIn: not null } issuer
            && TokenCaller.Of(issuer, TokenClaims.Read(principal.FindFirstValue(TokenClaim) ?? "{}"), ends).Caller is { } caller
        )
        {
            context.ReplacePrincipal(TokenHandler.Admit(context.HttpContext, caller, file, time, SchemeName));
        }
        else
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }

    /// <summary>A page that somebody opens leads to the issuer; what a page asks for by itself is refused.</summary>
    private async Task SignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (
            HttpMethods.IsGet(http.Request.Method)
            && http.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is { IsOpened: true }
            && file.InForce.SignIn is { } signIn
        )
        {
            if (await signIn.Keys.FindAsync(http.RequestAborted) is not null)
            {
                await http.ChallengeAsync(SignInScheme.Name, new() { RedirectUri = http.Request.PathBase + http.Request.Path });
                return;
            }

            http.Features.Set(new CallerRefusal(TokenCheck.Away(signIn.Issuer)));
            http.Response.Headers.RetryAfter = "10";
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
