using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Host.Options;
using EarlyWarning.ServiceDefaults.Files;

namespace EarlyWarning.Host.Tls;

/// <summary>
/// The certificate as it stands: read at the start, and again when its files have changed. Files that are half written, do not belong
/// together or do not hold now leave the last good one in force and are reported. Thread-safe.
/// </summary>
internal sealed class TlsCertificates
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    private readonly TlsFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsCertificates> _logger;
    private readonly Lock _lock = new();
    private readonly WatchedFile<CertificateFiles> _watched;
    private ServedCertificate _served = null!;
    private long _looked;

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="password">The key's password; <see langword="null"/> where it has none.</param>
    /// <param name="time">The wall clock, by which certificates hold.</param>
    /// <param name="logger">Is told of what is put in force, and what is not.</param>
    /// <exception cref="InvalidDataException">They cannot be served; the message is for an operator.</exception>
    public TlsCertificates(TlsFiles files, string? password, TimeProvider time, ILogger<TlsCertificates> logger)
    {
        (_files, _time, _logger) = (files, time, logger);
        Own = MakeOwn(time.GetUtcNow());
        Callers = files.ClientCa is null ? null : new(() => Current.Trust!, IsOwn, time);
        _watched = new(
            files.Certificate,
            () => CertificateFiles.Read(files),
            found => _served = found.Parse(files, password, time.GetUtcNow(), Callers),
            "The last one stays in force."
        );
        _watched.Open();
        _looked = time.GetTimestamp();
    }

    /// <summary>
    /// Gets what the suite's own clients show where callers are asked for a certificate. Its key lives as long as the process, and nowhere
    /// else.
    /// </summary>
    public X509Certificate2 Own { get; }

    /// <summary>Gets how callers are known by their certificates; <see langword="null"/> where they are not asked for one.</summary>
    public CallerCertificates? Callers { get; }

    /// <summary>Gets the one in force.</summary>
    public ServedCertificate Current => Refresh().Served;

    /// <summary>Reads the files anew, where a second has passed since the last time.</summary>
    /// <returns>The one in force, and why the files as they are now are not; empty where they are.</returns>
    public (ServedCertificate Served, string Problem) Refresh()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_looked) >= s_lookEvery)
            {
                // Before the files are read: what is written while they are read is for the next look.
                _looked = _time.GetTimestamp();
                Look();
            }

            return (_served, _watched.Problem);
        }
    }

    /// <summary>Whether a certificate is the one in force: what the suite's own clients trust, and nothing else.</summary>
    public bool IsServed(X509Certificate? shown) => Same(shown, Current.Leaf);

    private bool IsOwn(X509Certificate shown) => Same(shown, Own);

    private void Look()
    {
        switch (_watched.Look())
        {
            case FileLook.First or FileLook.Taken:
                _logger.CertificateLoaded(_files.Certificate, _served.Leaf.NotAfter.ToUniversalTime());
                break;
            case FileLook.Refused:
                _logger.CertificateNotLoaded(_watched.Problem);
                break;
            default:
                break;
        }
    }

    private static bool Same(X509Certificate? one, X509Certificate2 other) =>
        one is not null && one.GetRawCertData().AsSpan().SequenceEqual(other.RawDataMemory.Span);

    private static X509Certificate2 MakeOwn(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=suite", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddYears(100));
    }
}
