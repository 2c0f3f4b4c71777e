using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Certificates;

/// <summary>
/// Knows callers by the certificates that their connections show. One that has expired, or that the CA as it is now has not signed, is
/// refused on a connection too that was made before; the CA is looked at every second. Thread-safe.
/// </summary>
/// <param name="trust">Gives the CA as it is now.</param>
/// <param name="isOwn">Knows the certificate of the suite's own clients, which no CA has signed.</param>
/// <param name="time">The wall clock, by which certificates hold.</param>
public sealed class CallerCertificates(Func<CallerTrust> trust, Func<X509Certificate, bool> isOwn, TimeProvider time)
{
    /// <summary>What a caller reads that shows no certificate by which it is known.</summary>
    internal const string Unknown =
        "The connection has no certificate that names its caller. Connect with one that this suite's CA signed for clients, "
        + "with a common name.";

    /// <summary>What a caller reads whose certificate is refused although its connection came about.</summary>
    internal const string Over =
        "The connection has no certificate that is in force: the one that it has expired, or this suite's CA does not sign it "
        + "any longer. Connect with one that it does.";

    private const string CommonName = "2.5.4.3";
    private const int LongestName = 100;

    /// <summary>By the connection's own instance, so that one is forgotten with its connection.</summary>
    private readonly ConditionalWeakTable<X509Certificate2, CertificateInForce> _met = [];

    private volatile CallerTrust? _trust;

    /// <summary>
    /// Decides of a connection while it is made. One without a certificate comes about, so that its caller is told in words what is
    /// missing, by what answers to callers alone who are known.
    /// </summary>
    /// <param name="shown">The certificate that it shows.</param>
    /// <param name="chain">What led to the CA.</param>
    /// <param name="errors">What is wrong with it.</param>
    public bool Admits(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null || isOwn(shown))
        {
            return true;
        }

        if (errors == SslPolicyErrors.None && shown is X509Certificate2 certificate && chain is { ChainElements.Count: > 2 })
        {
            // Copies: the connection disposes of its own.
            _met.AddOrUpdate(
                certificate,
                Meet(
                    certificate,
                    [
                        .. chain
                            .ChainElements.Skip(1)
                            .SkipLast(1)
                            .Select(one => X509CertificateLoader.LoadCertificate(one.Certificate.RawData)),
                    ]
                )
            );
        }

        return errors == SslPolicyErrors.None;
    }

    /// <summary>
    /// The name that a certificate stands for: the common name of its subject, else the first URI or else the first DNS name among its
    /// alternative names. <see langword="null"/> where that is none that can be recorded: absent, above 100 characters, with control
    /// characters, or the suite's own.
    /// </summary>
    internal string? NameOf(X509Certificate2 certificate)
    {
        if (isOwn(certificate))
        {
            return "suite";
        }

        var common = certificate
            .SubjectName.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
            ?.GetSingleElementValue();
        string?[] names =
        [
            common,
            certificate.GetNameInfo(X509NameType.UrlName, forIssuer: false),
            certificate.GetNameInfo(X509NameType.DnsFromAlternativeName, forIssuer: false),
        ];
        var name = names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name))?.Trim() ?? "";
        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && !Caller.IsReserved(name) ? name : null;
    }

    /// <summary>The certificate of a connection; <see langword="null"/> where it is not in force.</summary>
    internal CertificateInForce? Find(X509Certificate2 shown)
    {
        var met = _met.GetOrAdd(shown, shown => Meet(shown, []));
        if (!met.Holds(shown, _trust ??= trust(), time.GetUtcNow()))
        {
            met.End();
            return null;
        }

        if (met.Ended.IsCancellationRequested)
        {
            // It holds again: the clock was set right, or the CA's file put back.
            met = met.Again();
            _met.AddOrUpdate(shown, met);
        }

        return met;
    }

    /// <summary>
    /// Why a call is refused for the certificate of its connection, whatever else it shows; <see langword="null"/> where it is not.
    /// </summary>
    internal string? RefusalOf(HttpContext context)
    {
        if (context.Connection.ClientCertificate is not { } shown)
        {
            return Unknown;
        }

        if (Find(shown) is not { } certificate)
        {
            return Over;
        }

        context.Features.Set(certificate);
        return null;
    }

    /// <summary>Whether a certificate is that of the suite's own clients.</summary>
    public bool IsOwn(X509Certificate2 shown) => isOwn(shown);

    /// <summary>Gets what a connection has shown: its certificate, and those beside it that lead to the CA.</summary>
    public IReadOnlyList<X509Certificate2> ShownBy(X509Certificate2 shown) =>
        [shown, .. _met.TryGetValue(shown, out var met) ? met.Between : []];

    /// <summary>Takes what the connection of a call has shown to another process of the suite, as if it had been shown here.</summary>
    /// <param name="shown">The certificate.</param>
    /// <param name="between">Those beside it.</param>
    /// <returns>The certificate, for the call's connection.</returns>
    public X509Certificate2 Forwarded(X509Certificate2 shown, IEnumerable<X509Certificate2> between)
    {
        _met.AddOrUpdate(shown, Meet(shown, [.. between]));
        return shown;
    }

    /// <summary>Looks at the CA, and ends what is open under certificates that do not hold any longer.</summary>
    internal void Look()
    {
        var now = trust();
        _trust = now;
        foreach (var (shown, met) in _met)
        {
            if (!met.Ended.IsCancellationRequested && !met.Holds(shown, now, time.GetUtcNow()))
            {
                met.End();
            }
        }
    }

    private CertificateInForce Meet(X509Certificate2 shown, X509Certificate2Collection between) =>
        new(NameOf(shown), isOwn(shown), shown.NotAfter.ToUniversalTime(), between);
}
