using EarlyWarning.Store.Invariants;

namespace EarlyWarning.Store.Auditing;

/// <summary>Looks the audit's chain through.</summary>
internal sealed class AuditInvariant(AuditChain chain) : IInvariant
{
    public string Promise => "No entry of the audit was changed or left out, and each follows from the one before it.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var check = await chain.VerifyAsync(known: null, cancellationToken);
        return new(check.Looked, check.Faults);
    }
}
