using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Auditing;

namespace EarlyWarning.Ledger.Audit;

/// <summary>Where the audit's chain ends, and whether the store takes what goes on record.</summary>
internal sealed class AuditLine(AuditChain chain, AuditLog log) : IStatusSource
{
    private static readonly Gauge s_entries = new("earlywarning.audit.entries", "{entry}", "Entries of the audit that are kept.");
    private static readonly Gauge s_waiting = new("earlywarning.audit.waiting", "{entry}", "Entries of the audit that wait for the store.");

    public string Name => "audit";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_entries, s_waiting];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (start, head) = await chain.SpanAsync(cancellationToken);
        var (kept, waiting) = (head.Position - start.Position, log.Waiting);
        return new(
            [
                new()
                {
                    Subject = "audit",
                    Health = waiting > 0 ? V1.Health.Attention : V1.Health.Ok,
                    Text =
                        (
                            kept == 0
                                ? "Nothing is on record yet."
                                : FormattableString.Invariant($"Acts and refusals on record: {kept:N0}; the chain ends with {head}.")
                        ) + (waiting > 0 ? FormattableString.Invariant($" Entries that wait for the store: {waiting}.") : ""),
                    Action = waiting > 0 ? "Bring the store back: they are in memory alone until then." : "",
                },
            ],
            [s_entries.Is(kept), s_waiting.Is(waiting)]
        );
    }
}
