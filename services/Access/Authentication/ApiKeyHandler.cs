using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Viewers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Authentication;

/// <summary>
/// Authenticates by API key: <c>authorization: Bearer KEY</c>, or, so that a browser can ask for it, the password of HTTP Basic.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeys keys,
    AnonymousAccess anonymous,
    ViewerPasses passes,
    CallerCertificates? certificates = null
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string UnknownKey =
        "The call has no API key that the suite knows. Send one as 'authorization: Bearer KEY', or a token of an issuer that "
        + "the suite takes.";
    private const string ExpiredKey = "The API key of the call has expired. Ask whoever runs the suite for another.";

    /// <summary>What a page reads whose viewer is let in no longer.</summary>
    private const string PassOver = "Whoever looks at the page is let in no longer, or has other roles. Open it again.";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (anonymous.IsOpen)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (certificates?.RefusalOf(Context) is { } refusal)
        {
            return Task.FromResult(AuthenticateResult.Fail(new KeyFault(refusal)));
        }

        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter is null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (KeyOf(header) is not { } sent || keys.Find(sent) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.Fail(new KeyFault(UnknownKey)));
        }

        if (keys.HasExpired(key))
        {
            return Task.FromResult(AuthenticateResult.Fail(new KeyFault(ExpiredKey)));
        }

        if (keys.IsOwn(key) && passes.Try(Context, SchemeName, out var viewer))
        {
            return Task.FromResult(
                viewer is null ? AuthenticateResult.Fail(new KeyFault(PassOver)) : AuthenticateResult.Success(new(viewer, SchemeName))
            );
        }

        keys.Mark(key);
        Context.Features.Set(new ViewerProof(ProofKind.Key, key.Kept.Id, "", key.Kept.Expires ?? DateTimeOffset.MaxValue));
        var caller = AdmittedCaller.ByKey(key, keys);
        Context.Features.Set(caller.Grants);
        Context.Features.Set(caller.Admission);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, caller.Name)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var fault = (await HandleAuthenticateOnceSafeAsync()).Failure as KeyFault;
        Context.Features.Set(
            new CallerRefusal(Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated, fault?.Message ?? UnknownKey))
        );
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Basic realm=\"Early Warning\"";
    }

    private static string? KeyOf(AuthenticationHeaderValue header)
    {
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return header.Parameter;
        }

        Span<byte> decoded = stackalloc byte[512];
        return
            header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header.Parameter!, decoded, out var length)
            && Encoding.UTF8.GetString(decoded[..length]).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    private sealed class KeyFault(string message) : Exception(message);
}
