using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// By what the processes of one suite know each other: an authority that is kept in the store, so that who can write the store is a member,
/// and nobody else. A new epoch has another one. Certificates hold by the store's clock, which all processes share, so that no machine's
/// wrong clock keeps its processes out. Keys are in no file and no log. Thread-safe once it is open.
/// </summary>
/// <param name="store">The suite's store.</param>
/// <param name="time">Goes on between two readings of the store's clock, and stands for it where the store has none.</param>
internal sealed class SuiteAuthority(SuiteStore store, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private volatile Opened? _opened;
    private volatile Heard? _heard;
    private X509Certificate2? _own;
    private DateTimeOffset _renewal;

    /// <summary>Gets this process's certificate with its key, made anew while it runs. Ask for it at each connection.</summary>
    public X509Certificate2 Own
    {
        get
        {
            lock (_lock)
            {
                var now = Now(Current);
                if (_own is null || now >= _renewal || _renewal - now > MemberCertificate.Use)
                {
                    // The one before is left to the collector: a handshake may be showing it.
                    _own = MemberCertificate.Member(Current.Certificate, now);
                    _renewal = now + MemberCertificate.Use;
                }

                return _own;
            }
        }
    }

    /// <summary>
    /// Gets the suite's secret, 32 bytes in hexadecimal digits: the key with which its own clients show themselves to any of its processes.
    /// </summary>
    public string Secret => Current.Secret;

    /// <summary>Gets the epoch of the store of which it is.</summary>
    public string Epoch => Current.Epoch;

    private Opened Current => _opened ?? throw new InvalidOperationException("The suite's authority is not open yet.");

    /// <summary>Whether a certificate is a process's of this suite.</summary>
    /// <param name="shown">What was shown at a handshake that proved its key; <see langword="null"/> where nothing was.</param>
    public bool IsMember(X509Certificate2? shown) =>
        shown is not null && Current is var current && MemberCertificate.IsMember(shown, current.Certificate, Now(current));

    /// <summary>Asks the store what time it is.</summary>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    public async Task HearStoreAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadClockAsync(cancellationToken) is { } said)
        {
            _heard = new(said, time.GetTimestamp());
        }
    }

    /// <summary>Finds the authority of the store's epoch, or makes it: of processes that do so at once, one's stays.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer, or was taken over meanwhile.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var epoch = store.Identity.Epoch;
        if (_opened?.Epoch == epoch)
        {
            return;
        }

        await HearStoreAsync(cancellationToken);
        var found = await FindAsync(epoch, cancellationToken);
        if (found is null)
        {
            await store.CommitApartAsync(Make(epoch), cancellationToken);
            found = await FindAsync(epoch, cancellationToken)
                ?? throw new StoreUnavailableException("The store was taken over under another epoch while this process joined it.");
        }

        lock (_lock)
        {
            (_opened, _own) = (found, null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _opened?.Certificate.Dispose();

    private DateTimeOffset Now() => _heard is var (said, stamp) ? said + time.GetElapsedTime(stamp) : time.GetUtcNow();

    /// <summary>Never from before the authority, where the store's own clock was set back.</summary>
    private DateTimeOffset Now(Opened current) => Now() is var now && now > current.NotBefore ? now : current.NotBefore;

    private Unit Make(string epoch)
    {
        using var made = MemberCertificate.Authority(Now());
        using var key = made.GetECDsaPrivateKey()!;
        return new Unit()
            .Add("delete from cluster_authority where epoch <> $1 and exists (select 1 from store where epoch = $2)", epoch, epoch)
            .Add(
                """
                insert into cluster_authority (epoch, certificate, key, secret) select $1, $2, $3, $4 from store where epoch = $5
                on conflict (epoch) do nothing
                """,
                epoch,
                made.RawData,
                key.ExportPkcs8PrivateKey(),
                RandomNumberGenerator.GetHexString(64, lowercase: true),
                epoch
            );
    }

    private async Task<Opened?> FindAsync(string epoch, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new("select certificate, key, secret from cluster_authority where epoch = $1", epoch),
            row => Open(epoch, (byte[])row.GetValue(0), (byte[])row.GetValue(1), row.GetString(2)),
            cancellationToken
        )
            is [var found]
            ? found
            : null;

    private static Opened Open(string epoch, byte[] certificate, byte[] key, string secret)
    {
        using var signed = X509CertificateLoader.LoadCertificate(certificate);
        using var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(key, out _);
        return new(epoch, signed.CopyWithPrivateKey(signing), secret);
    }

    private sealed record Opened(string Epoch, X509Certificate2 Certificate, string Secret)
    {
        public DateTimeOffset NotBefore { get; } = Certificate.NotBefore;
    }

    private sealed record Heard(DateTimeOffset Said, long Stamp);
}
