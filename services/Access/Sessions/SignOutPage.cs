using EarlyWarning.Access.Issuers;
using EarlyWarning.ServiceDefaults.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EarlyWarning.Access.Sessions;

/// <summary>Ends a browser's session, and the issuer's where it can be asked to.</summary>
public static class SignOutPage
{
    private const string Path = "/sign-out";

    /// <summary>Maps the page. A link of another site does not sign anybody out.</summary>
    /// <param name="app">The application.</param>
    public static IEndpointRouteBuilder MapSignOut(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, SignOutAsync).AllowAnonymous().WithMetadata(new BrowserPage(IsOpened: false));
        return app;
    }

    private static async Task SignOutAsync(HttpContext context, AccessFile file)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            await context.Response.WriteAsync("Another site led here. To sign out, open this page yourself.", context.RequestAborted);
            return;
        }

        if (file.InForce.SignIn is not { } signIn)
        {
            await context.Response.WriteAsync(
                "Nobody signs in here: the board is opened with a key, or by anybody.",
                context.RequestAborted
            );
            return;
        }

        await context.SignOutAsync(SessionCookie.SchemeName);
        if (signIn.Keys.Last is { EndSessionEndpoint.Length: > 0 })
        {
            await context.SignOutAsync(SignInScheme.Name, new() { RedirectUri = "/" });
            return;
        }

        await context.Response.WriteAsync(
            "Signed out of the board. Whoever is still signed in where they sign in gets back without a password: sign out there too.",
            context.RequestAborted
        );
    }
}
