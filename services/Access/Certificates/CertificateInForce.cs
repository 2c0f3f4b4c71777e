using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.Access.Certificates;

/// <summary>
/// The certificate of a connection, and what is open under it. It says itself what it is asked often: the connection may have disposed of
/// the certificate. Thread-safe.
/// </summary>
/// <param name="name">The name that it stands for; <see langword="null"/> for none.</param>
/// <param name="isOwn">It is that of the suite's own clients.</param>
/// <param name="until">When it expires.</param>
/// <param name="between">Those that the connection showed beside it.</param>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
internal sealed class CertificateInForce(string? name, bool isOwn, DateTimeOffset until, X509Certificate2Collection between)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();
    private volatile CallerTrust? _checkedBy;

    /// <summary>The name that it stands for.</summary>
    public string? Name => name;

    /// <summary>It is that of the suite's own clients.</summary>
    public bool IsOwn => isOwn;

    /// <summary>Those that the connection showed beside it.</summary>
    public X509Certificate2Collection Between => between;

    /// <summary>Ends when it is refused from then on.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Whether it holds at a moment, by a CA: one that has signed it once is not asked again.</summary>
    public bool Holds(X509Certificate2 certificate, CallerTrust trust, DateTimeOffset now)
    {
        if (isOwn)
        {
            return true;
        }

        if (now > until)
        {
            return false;
        }

        if (_checkedBy != trust)
        {
            if (!trust.Signs(certificate, between, now))
            {
                return false;
            }

            _checkedBy = trust;
        }

        return true;
    }

    /// <summary>The same with nothing open under it yet, where one that was refused holds again.</summary>
    public CertificateInForce Again() => new(name, isOwn, until, between);

    /// <summary>Ends what is open under it, each on a thread of its own.</summary>
    public void End() => _ = _ended.CancelAsync();
}
