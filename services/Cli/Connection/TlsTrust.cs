using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Connection;

/// <summary>Whom a connection over TLS trusts, and what it shows of itself.</summary>
internal sealed class TlsTrust
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly Uri _endpoint;
    private readonly string? _caFile;
    private readonly X509Certificate2Collection? _authorities;
    private readonly SslStreamCertificateContext? _shown;

    private TlsTrust(Uri endpoint, string? caFile, X509Certificate2Collection? authorities, SslStreamCertificateContext? shown) =>
        (_endpoint, _caFile, _authorities, _shown) = (endpoint, caFile, authorities, shown);

    /// <summary>Reads the files that are named.</summary>
    /// <param name="endpoint">The suite.</param>
    /// <param name="ca">The certificate of a private CA, or of the suite itself; <see langword="null"/> for those that this machine
    /// trusts.</param>
    /// <param name="certificate">The caller's certificate; <see langword="null"/> to show none.</param>
    /// <param name="key">Its private key.</param>
    /// <exception cref="CliException">A file is none of that.</exception>
    public static TlsTrust Read(Uri endpoint, string? ca, string? certificate, string? key)
    {
        if ((certificate is null) != (key is null))
        {
            throw new CliException("--cert and --key (EW_CERT, EW_KEY) belong together: a certificate, and its private key.");
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps && (ca ?? certificate) is not null)
        {
            throw new CliException(
                $"--ca and --cert are for https, and the address is {endpoint.OriginalString}. Give {Other(endpoint)} with --endpoint or "
                    + $"EW_ENDPOINT."
            );
        }

        return new(endpoint, ca, ca is null ? null : Certificates(ca, "--ca"), certificate is null ? null : Caller(certificate, key!));
    }

    /// <summary>Makes a connection's handler trust so, and says in words why it does not.</summary>
    public void Apply(SslClientAuthenticationOptions tls)
    {
        tls.ClientCertificateContext = _shown;
        tls.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            errors == SslPolicyErrors.None || Refuse(shown, chain, errors);
        if (_authorities is null)
        {
            return;
        }

        tls.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.ApplicationPolicy.Add(new Oid(ServerUse));
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
    }

    /// <summary>The same address by the other scheme.</summary>
    public static string Other(Uri endpoint) =>
        $"{(endpoint.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{endpoint.Authority}";

    /// <summary>What is thrown here comes out of the call, and is what the user reads.</summary>
    private bool Refuse(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        throw new UntrustedSuiteException(shown is null ? "it shows no certificate." : Why(new(shown), chain, errors));

    private string Why(X509Certificate2 shown, X509Chain? chain, SslPolicyErrors errors)
    {
        using var certificate = shown;
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)
            ?? X509ChainStatusFlags.NoError;
        if (
            chain is { ChainElements: [var leaf, ..] }
            && leaf.ChainElementStatus.Any(one => one.Status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        )
        {
            var (from, until) = (shown.NotBefore.ToUniversalTime(), shown.NotAfter.ToUniversalTime());
            return string.Create(
                CultureInfo.InvariantCulture,
                $"its certificate holds from {from:yyyy-MM-dd HH:mm} to {until:yyyy-MM-dd HH:mm} UTC, which is not now. Have it renewed, "
                    + $"or set this machine's clock right."
            );
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && status == X509ChainStatusFlags.NoError)
        {
            return $"its certificate is for {Names(shown)}, and not for {_endpoint.Host}. Call it by one of those names.";
        }

        return _caFile is null
            ? $"this machine does not know the CA of its certificate ({shown.Issuer}). Give the CA's certificate with --ca or EW_CA."
            : $"its certificate ({shown.Subject}, by {shown.Issuer}) is not one of the CA in {_caFile}, or not one for servers. Give the "
                + $"right CA with --ca or EW_CA.";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension =>
                extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))
            )
            .ToList();
        return names.Count > 0 ? string.Join(", ", names.Take(5)) : certificate.Subject;
    }

    private static SslStreamCertificateContext Caller(string certificate, string key)
    {
        var chain = Certificates(certificate, "--cert");
        try
        {
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate, key), chain, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new CliException($"--key {key} has no key without a password that belongs to the certificate in {certificate}.");
        }
    }

    private static X509Certificate2Collection Certificates(string path, string option)
    {
        X509Certificate2Collection read = [];
        try
        {
            read.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{option} {path} cannot be read: {error.Message}");
        }

        return read.Count > 0 ? read : throw new CliException($"{option} {path} has no certificate in PEM form.");
    }
}

/// <summary>The suite's certificate is not to be trusted; the message says why and what to do.</summary>
internal sealed class UntrustedSuiteException(string message) : Exception(message);
