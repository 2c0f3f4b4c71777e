using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Authentication;

/// <summary>Authenticates by an issuer's token: <c>authorization: Bearer TOKEN</c>.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenCheck check,
    AccessFile file,
    TimeProvider time,
    CallerCertificates? certificates = null
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Token";

    /// <summary>Whether a call shows what can only be a token: a bearer that is no key.</summary>
    public static bool IsShown(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header is { Scheme: var scheme, Parameter: { } bearer }
        && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && !bearer.StartsWith("ew_", StringComparison.Ordinal);

    /// <summary>Lets a caller in: what they may, until when, and under which name.</summary>
    public static ClaimsPrincipal Admit(HttpContext context, TokenCaller caller, AccessFile file, TimeProvider time, string scheme)
    {
        var admitted = AdmittedCaller.ByToken(caller, file, time);
        context.Features.Set(new ViewerProof(ProofKind.Token, caller.Issuer.Url, caller.Claims.Json, caller.Ends));
        context.Features.Set(admitted.Grants);
        context.Features.Set(admitted.Admission);
        return new(new ClaimsIdentity([new(ClaimTypes.Name, admitted.Name)], scheme));
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsShown(Request))
        {
            return AuthenticateResult.NoResult();
        }

        if (certificates?.RefusalOf(Context) is { } missing)
        {
            return AuthenticateResult.Fail(new TokenFault(Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated, missing)));
        }

        var (caller, refusal) = await check.CheckAsync(
            AuthenticationHeaderValue.Parse(Request.Headers.Authorization!).Parameter!,
            Context.RequestAborted
        );
        return caller is null
            ? AuthenticateResult.Fail(new TokenFault(refusal!))
            : AuthenticateResult.Success(new(Admit(Context, caller, file, time, SchemeName), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is TokenFault fault)
        {
            Context.Features.Set(new CallerRefusal(fault.Refusal));
            if (fault.Refusal.StatusCode == StatusCode.Unavailable)
            {
                Response.Headers.RetryAfter = "10";
            }
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
    }

    private sealed class TokenFault(RpcException refusal) : Exception(refusal.Status.Detail)
    {
        public RpcException Refusal => refusal;
    }
}
