using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Clocks;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Whether the clocks agree: wall against monotonic, and the store's.</summary>
internal sealed class ClockLine(SuiteClock clock) : IStatusSource
{
    private static readonly Gauge s_lead = new(
        "earlywarning.clock.lead",
        "s",
        "The wall clock's lead over the suite's time; 0 while the clocks agree."
    );
    private static readonly Gauge s_store = new("earlywarning.clock.store_lead", "s", "The store's clock's lead over the wall clock.");
    private static readonly Gauge s_doubted = new(
        "earlywarning.clock.doubted",
        null,
        "1 while the clocks disagree and intake takes nothing."
    );

    public string Name => "clock";

    public Heading Heading => Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_lead, s_store, s_doubted];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var status = clock.Status();
        return Task.FromResult<StatusReport>(
            new(
                [Of(status)],
                [
                    s_lead.Is(status.Lead.TotalSeconds),
                    .. s_store.Known(status.StoreLead?.TotalSeconds),
                    s_doubted.Is(status.Doubt is not null),
                ]
            )
        );
    }

    public static StatusLine Of(ClockStatus status)
    {
        var store = status.StoreLead is { } lead
            ? FormattableString.Invariant($" The store's clock leads the wall clock by {lead.TotalSeconds:0.00;-0.00;0.00} s.")
            : "";
        return status switch
        {
            { Doubt: { } doubt } => Line(
                Health.Failing,
                doubt.Text + store,
                "Set the machine's clock right, and let it follow a time server. Senders keep what was not acknowledged."
            ),
            { Past.Length: > 0 } => Line(
                Health.Attention,
                status.Past + store,
                "Look at what sets the machine's clock. Nothing else is to be done; this line goes by itself."
            ),
            _ => Line(Health.Ok, "The wall clock and the monotonic clock agree." + store, ""),
        };
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new()
        {
            Subject = "clock",
            Health = health,
            Text = text,
            Action = action,
        };
}
