using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Clocks;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Whether the clocks agree: wall against monotonic, and the store's.</summary>
internal sealed class ClockLine(SuiteClock clock) : IStatusSource
{
    public Task<IReadOnlyList<StatusLine>> GetLinesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StatusLine>>([Of(clock.Status())]);

    public static StatusLine Of(ClockStatus status)
    {
        var store = status.StoreLead is { } lead
            ? FormattableString.Invariant($" The store's clock leads the wall clock by {lead.TotalSeconds:0.00} s.")
            : "";
        return status switch
        {
            { Doubt: { } doubt } => Line(
                Health.Failing,
                doubt.Text + store,
                "Set the machine's clock right, and let it follow a time server. Senders keep what was not acknowledged."),
            { Past.Length: > 0 } => Line(
                Health.Attention,
                status.Past + store,
                "Look at what sets the machine's clock. Nothing else is to be done; this line goes by itself."),
            _ => Line(Health.Ok, "The wall clock and the monotonic clock agree." + store, ""),
        };
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new() { Subject = "clock", Health = health, Text = text, Action = action };
}
