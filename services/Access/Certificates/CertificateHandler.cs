using System.Security.Claims;
using System.Text.Encodings.Web;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Certificates;

/// <summary>Authenticates by the certificate of the connection, where there are no keys.</summary>
internal sealed class CertificateHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerCertificates certificates)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Certificate";

    /// <summary>What a caller reads that shows no certificate by which it is known.</summary>
    public const string Unknown = "The connection has no certificate that names its caller. Connect with one that this suite's CA signed for clients, "
        + "with a common name.";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Connection.ClientCertificate is not { } certificate)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(certificates.NameOf(certificate) is { } name
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, name)], SchemeName)), SchemeName))
            : AuthenticateResult.Fail(Unknown));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Context.Features.Set(new CallerRefusal(Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated, Unknown)));
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
