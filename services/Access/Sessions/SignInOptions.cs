using System.Text.Json;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Sealing;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EarlyWarning.Access.Sessions;

/// <summary>How people sign in: the code flow with PKCE, all of it by redirects that carry nothing but a code.</summary>
internal sealed class SignInOptions(AccessFile file, SessionKeys keys, TimeProvider time) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    /// <inheritdoc/>
    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    /// <inheritdoc/>
    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name != SignInScheme.Name || file.InForce.SignIn is not { Issuer: { SignIn: { } client } issuer } inForce)
        {
            return;
        }

        options.SignInScheme = SessionCookie.SchemeName;
        options.ClientId = client.ClientId;
        options.ConfigurationManager = inForce.Keys;
        options.Backchannel = file.Http;
        options.DataProtectionProvider = keys.Provider;
        options.TimeProvider = time;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // A form that the issuer's page sends here would be a call of a foreign origin, and its cookies would have to be sent by any site.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.CallbackPath = "/sign-in/done";
        options.SignedOutCallbackPath = "/sign-out/done";

        // Whatever page had a browser open it would sign its reader out.
        options.RemoteSignOutPath = default;
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
        }

        options.TokenValidationParameters = new()
        {
            ValidAudience = client.ClientId,
            ValidAlgorithms = issuer.Algorithms,
            ClockSkew = Issuer.Skew,
        };
        options.Events.OnAuthorizationCodeReceived = context =>
        {
            context.TokenEndpointRequest!.ClientSecret = client.ReadSecret();
            return Task.CompletedTask;
        };
        options.Events.OnTokenValidated = context => AdmitAsync(context, issuer);
        options.Events.OnRemoteFailure = RefuseAsync;
    }

    private Task AdmitAsync(TokenValidatedContext context, Issuer issuer)
    {
        try
        {
            var claims = TokenClaims.Read(Base64UrlEncoder.Decode(context.SecurityToken.EncodedPayload));
            var now = time.GetUtcNow();
            var (caller, fault) = TokenCaller.Of(issuer, claims, claims.Expires ?? now);
            if (caller is null || caller.Ends <= now)
            {
                context.Fail(
                    caller is null ? fault : $"What {issuer.Url} says of you has expired already: its clock and the suite's are apart."
                );
                return Task.CompletedTask;
            }

            (context.Principal, var ends) = SessionCookie.Of(caller, now);
            context.Properties = new AuthenticationProperties
            {
                RedirectUri = context.Properties!.RedirectUri,
                IssuedUtc = now,
                ExpiresUtc = ends,
                IsPersistent = false,
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            context.Fail($"What {issuer.Url} says of you cannot be read.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Says why nobody was signed in, without leading anybody in a circle.</summary>
    private static async Task RefuseAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        await FaultAnswer.WriteAsync(
            context.HttpContext,
            Fault.Of(
                StatusCode.Unauthenticated,
                ErrorReason.Unauthenticated,
                $"You were not signed in. {Trailers.Echo(context.Failure?.Message ?? "The issuer gave no reason.")} Open / to try again."
            )
        );
    }
}
