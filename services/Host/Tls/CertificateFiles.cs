using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Host.Options;
using EarlyWarning.ServiceDefaults.Files;

namespace EarlyWarning.Host.Tls;

/// <summary>What the files hold at one moment, as text: two readings are equal where nothing has changed.</summary>
/// <param name="Certificate">The certificate's file.</param>
/// <param name="Key">The key's file.</param>
/// <param name="ClientCa">The file of the callers' CA.</param>
internal sealed record CertificateFiles(string Certificate, string Key, string? ClientCa)
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    /// <summary>Reads the files.</summary>
    /// <exception cref="InvalidDataException">One cannot be read, or everybody may read the key; the message is for an
    /// operator.</exception>
    public static CertificateFiles Read(TlsFiles files) =>
        new(
            Text("--tls-cert", files.Certificate, isSecret: false),
            Text("--tls-key", files.Key, isSecret: true),
            files.ClientCa is { } ca ? Text("--tls-client-ca", ca, isSecret: false) : null
        );

    /// <summary>Makes of them what can be served.</summary>
    /// <exception cref="InvalidDataException">They are none, do not belong together, or do not hold now; the message is for an
    /// operator.</exception>
    public ServedCertificate Parse(TlsFiles names, string? password, DateTimeOffset now, CallerCertificates? callers)
    {
        var chain = Certificates("--tls-cert", names.Certificate, Certificate);
        var shown = chain[0];
        CheckTime(names.Certificate, shown, now);
        if (
            shown.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses
            && !uses.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value == ServerUse)
        )
        {
            throw new InvalidDataException(
                $"--tls-cert {names.Certificate}: the certificate is not one for servers. Ask the CA for one with the use 'server "
                    + $"authentication'."
            );
        }

        var leaf = WithKey(names, password);
        chain.RemoveAt(0);
        return new(leaf, chain, ClientCa is null ? null : Roots(names.ClientCa!), callers);
    }

    private X509Certificate2Collection Roots(string path)
    {
        var authorities = Certificates("--tls-client-ca", path, ClientCa!);
        return authorities.Any(CallerTrust.IsRoot)
            ? authorities
            : throw new InvalidDataException($"--tls-client-ca {path} has no root: add the certificate of the CA that has signed itself.");
    }

    private X509Certificate2 WithKey(TlsFiles names, string? password)
    {
        var label = Label(Key);
        if (label is null)
        {
            throw new InvalidDataException($"--tls-key {names.Key} has no private key in PEM form (-----BEGIN PRIVATE KEY-----).");
        }

        var encrypted = label.StartsWith("ENCRYPTED", StringComparison.Ordinal);
        if (encrypted && string.IsNullOrEmpty(password))
        {
            throw new InvalidDataException($"--tls-key {names.Key} has a password. Put it into {TlsArguments.PasswordVariable}.");
        }

        try
        {
            return encrypted
                ? X509Certificate2.CreateFromEncryptedPem(Certificate, Key, password)
                : X509Certificate2.CreateFromPem(Certificate, Key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"--tls-key {names.Key} is not the key of the certificate in "
                    + $"{names.Certificate}{(encrypted ? $", or {TlsArguments.PasswordVariable} is not its password" : "")}. "
                    + "Give the two that were made together.",
                exception
            );
        }
    }

    private static void CheckTime(string path, X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        if (now.UtcDateTime > until)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--tls-cert {path}: the certificate expired on {until:yyyy-MM-dd HH:mm} UTC. Renew it."
                )
            );
        }

        if (now.UtcDateTime < from)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--tls-cert {path}: the certificate is not valid before {from:yyyy-MM-dd HH:mm} UTC, and it is "
                        + $"{now:yyyy-MM-dd HH:mm} UTC. Set the clock right, or give one that is."
                )
            );
        }
    }

    private static X509Certificate2Collection Certificates(string option, string path, string text)
    {
        X509Certificate2Collection read = [];
        try
        {
            read.ImportFromPem(text);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"{option} {path} cannot be read as certificates in PEM form: {exception.Message}", exception);
        }

        return read.Count > 0
            ? read
            : throw new InvalidDataException($"{option} {path} has no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
    }

    private static string? Label(string text)
    {
        const string Kind = "PRIVATE KEY";
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].EndsWith(Kind, StringComparison.Ordinal))
            {
                return rest[fields.Label].ToString();
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    private static string Text(string option, string path, bool isSecret)
    {
        try
        {
            var content = FileContent.Read(path) ?? throw new IOException("There is no such file.");
            return isSecret && content.Mode.HasFlag(UnixFileMode.OtherRead)
                ? throw new InvalidDataException(
                    $"{option} {path} can be read by everybody on this machine. Make it private: chmod o= {path}"
                )
                : content.Text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{option} {path} cannot be read: {exception.Message}", exception);
        }
    }
}
