using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>
/// Authenticates by API key: <c>authorization: Bearer KEY</c>, or, so that a browser can ask for it, the password of HTTP Basic.
/// </summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter is null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var name = KeyOf(header) is { } key ? keys.NameOf(key) : null;
        if (name is null)
        {
            return Task.FromResult(AuthenticateResult.Fail("The key is not known."));
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Basic realm=\"Early Warning\"";
        return Task.CompletedTask;
    }

    private static string? KeyOf(AuthenticationHeaderValue header)
    {
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return header.Parameter;
        }

        Span<byte> decoded = stackalloc byte[512];
        return header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header.Parameter!, decoded, out var length)
            && Encoding.UTF8.GetString(decoded[..length]).Split(':', 2) is [_, var password]
                ? password
                : null;
    }
}

/// <summary>Registers who may call.</summary>
public static class CallersExtensions
{
    /// <summary>
    /// With keys, every endpoint asks for one unless it allows anonymous callers; without, everybody is let in. The gRPC client turns the HTTP 401
    /// into UNAUTHENTICATED.
    /// </summary>
    internal static void AddCallers(this IServiceCollection services, ApiKeys? keys)
    {
        var authorization = services.AddAuthorizationBuilder();
        var authentication = services.AddAuthentication(ApiKeyHandler.SchemeName);
        if (keys is not null)
        {
            services.AddSingleton(keys);
            authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
            authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireAuthenticatedUser().Build());
        }
    }
}
