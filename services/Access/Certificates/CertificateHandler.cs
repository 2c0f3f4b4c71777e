using System.Security.Claims;
using System.Text.Encodings.Web;
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

namespace EarlyWarning.Access.Certificates;

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

    /// <summary>What a caller reads that shows no certificate by which it is known.</summary>
    public const string Unknown =
        "The connection has no certificate that names its caller. Connect with one that this suite's CA signed for clients, "
        + "with a common name.";

    /// <summary>What a caller reads whose certificate is refused although its connection came about.</summary>
    public const string Over =
        "The connection has no certificate that is in force: the one that it has expired, or this suite's CA does not sign it "
        + "any longer. Connect with one that it does.";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Connection.ClientCertificate is not { } shown)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (certificates.Find(shown) is not { Name: var name } certificate)
        {
            return Task.FromResult(AuthenticateResult.Fail(Over));
        }

        Context.Features.Set(certificate);
        if (name is null)
        {
            return Task.FromResult(AuthenticateResult.Fail(Unknown));
        }

        if (!certificate.IsOwn)
        {
            var caller = Admit(name, file, keys, TimeProvider);
            Context.Features.Set(new ViewerProof(ProofKind.Certificate, name, "", DateTimeOffset.MaxValue));
            Context.Features.Set(caller.Grants);
            Context.Features.Set(caller.Admission);
        }
        else if (passes.Try(Context, SchemeName, out var viewer))
        {
            return Task.FromResult(viewer is null ? AuthenticateResult.Fail(Over) : AuthenticateResult.Success(new(viewer, SchemeName)));
        }
        else
        {
            Context.Features.Set(CallerGrants.Suite);
        }

        return Task.FromResult(
            AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, OnRecord(name))], SchemeName)), SchemeName))
        );
    }

    // Whoever has an '@' in a name is otherwise somebody for whom an issuer vouches.
    private static string OnRecord(string name) =>
        name.Contains('@', StringComparison.Ordinal) ? $"{name}@{AccessRules.OfCertificates}" : name;

    /// <summary>What the bearer of a certificate may, where certificates alone let callers in.</summary>
    public static AdmittedViewer Admit(string name, AccessFile file, ApiKeys keys, TimeProvider time)
    {
        var rules = file.InForce.Rules;
        if (file.IsAbsent)
        {
            return new(
                OnRecord(name),
                CallerGrants.Certified,
                new RulesAdmission(now => ReferenceEquals(now, rules), DateTimeOffset.MaxValue, file, time, keys.Closed)
            );
        }

        var grants = rules.GrantsOfCertificate(name);
        return new(
            OnRecord(name),
            CallerGrants.Of(grants),
            new RulesAdmission(now => now.GrantsOfCertificate(name).SequenceEqual(grants), DateTimeOffset.MaxValue, file, time, keys.Closed)
        );
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var fault = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message ?? Unknown;
        Context.Features.Set(new CallerRefusal(Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated, fault)));
        Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
