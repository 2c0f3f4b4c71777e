using EarlyWarning.Access.Calls;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;

namespace EarlyWarning.Access.Certificates;

/// <summary>What somebody was let in by whom a certificate alone names: until it does not hold, there are keys, or other rules say what it may.</summary>
internal sealed class CertificateAdmission(CertificateInForce certificate, ApiKeys keys, AccessFile file) : IAdmission
{
    public IHolding Hold() => new Holding(CancellationTokenSource.CreateLinkedTokenSource(
        certificate.Ended, keys.Closed, file.IsAbsent ? file.Closed : file.InForce.Replaced));

    private sealed class Holding(CancellationTokenSource ending) : IHolding
    {
        public CancellationToken Ended { get; } = ending.Token;

        public void Dispose() => ending.Dispose();
    }
}
