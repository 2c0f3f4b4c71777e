using System.Security.Cryptography.X509Certificates;
using EarlyWarning.ServiceDefaults.Callers;

namespace EarlyWarning.Access.Certificates;

/// <summary>Callers show a certificate, which the connection has checked. Immutable.</summary>
/// <param name="isOwn">Knows the certificate of the suite's own clients.</param>
public sealed class CallerCertificates(Func<X509Certificate2, bool> isOwn)
{
    private const string CommonName = "2.5.4.3";
    private const int LongestName = 100;

    /// <summary>
    /// The name that a certificate stands for: the common name of its subject, else the first URI or else the first DNS name among its alternative
    /// names. <see langword="null"/> where that is none that can be recorded: absent, above 100 characters, with control characters, or the suite's own.
    /// </summary>
    public string? NameOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (isOwn(certificate))
        {
            return "suite";
        }

        var common = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)?.GetSingleElementValue();
        string?[] names =
        [
            common, certificate.GetNameInfo(X509NameType.UrlName, forIssuer: false),
            certificate.GetNameInfo(X509NameType.DnsFromAlternativeName, forIssuer: false),
        ];
        var name = names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name))?.Trim() ?? "";
        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && !Caller.IsReserved(name) ? name : null;
    }
}
