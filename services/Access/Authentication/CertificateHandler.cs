using System.Security.Claims;
using System.Text.Encodings.Web;
using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.Access.Viewers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Authentication;

/// <summary>
/// Authenticates by the certificate of the connection, where there are no keys. What its caller may, the rules say where there are some.
/// </summary>
internal sealed class CertificateHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CallerCertificates certificates,
    ApiKeys keys,
    AccessFile file,
    ViewerPasses passes
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Certificate";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Connection.ClientCertificate is not { } shown)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (certificates.Find(shown) is not { Name: var name } certificate)
        {
            return Task.FromResult(AuthenticateResult.Fail(CallerCertificates.Over));
        }

        Context.Features.Set(certificate);
        if (name is null)
        {
            return Task.FromResult(AuthenticateResult.Fail(CallerCertificates.Unknown));
        }

        if (certificate.IsOwn)
        {
            if (passes.Try(Context, SchemeName, out var viewer))
            {
                return Task.FromResult(
                    viewer is null ? AuthenticateResult.Fail(CallerCertificates.Over) : AuthenticateResult.Success(new(viewer, SchemeName))
                );
            }

            Context.Features.Set(CallerGrants.Suite);
            return Task.FromResult(Known(name));
        }

        var caller = AdmittedCaller.ByCertificate(name, file, keys, TimeProvider);
        Context.Features.Set(new ViewerProof(ProofKind.Certificate, name, "", DateTimeOffset.MaxValue));
        Context.Features.Set(caller.Grants);
        Context.Features.Set(caller.Admission);
        return Task.FromResult(Known(caller.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var fault = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message ?? CallerCertificates.Unknown;
        Context.Features.Set(new CallerRefusal(Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated, fault)));
        Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    private static AuthenticateResult Known(string name) =>
        AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, name)], SchemeName)), SchemeName));
}
