using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Tls;

/// <summary>A CA, and the files with which a suite serves HTTPS.</summary>
internal sealed class TlsFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TlsFolder()
    {
        ClientCa = Write("ca.pem", Authority.Pem);
        Put(Authority.Server());
    }

    public TestAuthority Authority { get; } = new();

    public string Certificate => Path.Combine(_folder.Path, "cert.pem");

    public string Key => Path.Combine(_folder.Path, "key.pem");

    public string ClientCa { get; }

    public TlsFiles Files => new(Certificate, Key, null);

    public string[] Arguments => ["--tls-cert", Certificate, "--tls-key", Key];

    /// <summary>Puts a certificate and its key in place, the key first.</summary>
    public void Put((string Certificate, string Key) pair)
    {
        Write("key.pem", pair.Key);
        Write("cert.pem", pair.Certificate);
    }

    /// <summary>Writes a file that its owner alone can read.</summary>
    public string Write(string name, string text)
    {
        var path = _folder.Write(name, text);
        Allow(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Says who may do what with a file.</summary>
    public static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>How a client connects that trusts the CA alone.</summary>
    public SslClientAuthenticationOptions Trust((string Certificate, string Key)? shown = null)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Authority.Root);
        return new()
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = shown is var (certificate, key)
                ? SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), null, offline: true)
                : null,
        };
    }

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Dispose();
    }
}
