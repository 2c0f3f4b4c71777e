using System.Security.Claims;
using System.Text.Encodings.Web;
using EarlyWarning.Access.Calls;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Callers;
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
    TimeProvider time
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

        if (certificate.IsOwn)
        {
            Context.Features.Set(CallerGrants.Suite);
        }
        else
        {
            Admit(name);
        }

        return Task.FromResult(
            AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, OnRecord(name))], SchemeName)), SchemeName))
        );
    }

    // Whoever has an '@' in a name is otherwise somebody for whom an issuer vouches.
    private static string OnRecord(string name) =>
        name.Contains('@', StringComparison.Ordinal) ? $"{name}@{AccessRules.OfCertificates}" : name;

    private void Admit(string name)
    {
        var rules = file.InForce.Rules;
        if (file.IsAbsent)
        {
            Context.Features.Set(CallerGrants.Certified);
            Context.Features.Set<IAdmission>(
                new RulesAdmission(now => ReferenceEquals(now, rules), DateTimeOffset.MaxValue, file, time, keys.Closed)
            );
            return;
        }

        var grants = rules.GrantsOfCertificate(name);
        Context.Features.Set(CallerGrants.Of(grants));
        Context.Features.Set<IAdmission>(
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
