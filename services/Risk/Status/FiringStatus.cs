using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Risk.Status;

/// <summary>How many breaches fire, from their rows. That they do is news and no fault: the line is well.</summary>
internal sealed class FiringStatus(IStore store) : IStatusSource
{
    private static readonly Gauge s_firing = new("earlywarning.risk.breaches.firing", "{breach}", "Breaches that fire, by severity.");

    private static readonly V1.Severity[] s_severities =
    [
        .. Enum.GetValues<V1.Severity>().Where(severity => severity != V1.Severity.Unspecified),
    ];

    public string Name => "breaches";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_firing];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var firing = (
            await store.ReadAsync(
                new("select severity, count(*) from risk_breach where state = $1 group by severity", (long)V1.Breach.Types.State.Firing),
                static row => KeyValuePair.Create((V1.Severity)row.GetInt64(0), row.GetInt64(1)),
                cancellationToken
            )
        ).ToDictionary();
        return new(
            [
                new()
                {
                    Subject = "breaches",
                    Health = V1.Health.Ok,
                    Text = $"Breaches that fire: {firing.Values.Sum()}.",
                },
            ],
            [
                .. s_severities.Select(severity =>
                    s_firing.Is(firing.GetValueOrDefault(severity), ("severity", severity.ToString().ToLowerInvariant()))
                ),
            ]
        );
    }
}
