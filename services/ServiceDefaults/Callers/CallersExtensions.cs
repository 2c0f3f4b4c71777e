using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>Registers who may call.</summary>
internal static class CallersExtensions
{
    /// <summary>
    /// Every endpoint asks for a key unless it allows anonymous callers; while the suite is open everybody is let in. The gRPC client
    /// turns the HTTP 401 into UNAUTHENTICATED.
    /// </summary>
    public static void AddCallers(this IServiceCollection services, ApiKeys keys)
    {
        services.AddSingleton(keys);
        services.AddHostedService<KeyWatch>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName)
            .RequireAssertion(call => keys.IsOpen || call.User.Identity?.IsAuthenticated == true)
            .Build());
    }
}
