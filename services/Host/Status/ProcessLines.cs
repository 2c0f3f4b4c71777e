using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Health;
using EarlyWarning.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Host.Status;

/// <summary>What <c>/healthz</c> and <c>/readyz</c> say: whether the process is of use, and whether it serves.</summary>
internal sealed class ProcessLines(Heartbeats heartbeats, HealthCheckService checks) : IStatusSource
{
    private static readonly Gauge s_stalled = new(
        "earlywarning.process.loops.stalled",
        "{loop}",
        "Loops of the process that have died or hang."
    );
    private static readonly Gauge s_silence = new("earlywarning.process.loop.silence", "s", "Time since a loop last went round, by loop.");
    private static readonly Gauge s_ready = new("earlywarning.process.ready", null, "1 while a check of /readyz is passed, by check.");

    public string Name => "process";

    public Heading Heading => Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_stalled, s_silence, s_ready];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var loops = heartbeats.All;
        var ready = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), cancellationToken);
        return new(
            [Process(loops), Serving(ready)],
            [
                s_stalled.Is(loops.Count(loop => loop.IsStalled)),
                .. loops.Select(loop => s_silence.Is(loop.Silence.TotalSeconds, ("loop", loop.Name))),
                .. ready.Entries.Select(check => s_ready.Is(check.Value.Status != HealthStatus.Unhealthy, ("check", check.Key))),
            ]
        );
    }

    private static StatusLine Process(IReadOnlyList<Heartbeat> loops) =>
        Liveness.Stalled(loops) is { Length: > 0 } stalled
            ? new()
            {
                Subject = "process",
                Health = Health.Failing,
                Text = $"{stalled}.",
                Action = "Restart the suite: nothing that was acknowledged is lost.",
            }
            : new()
            {
                Subject = "process",
                Health = Health.Ok,
                Text = "All its loops go on.",
            };

    private static StatusLine Serving(HealthReport ready)
    {
        var missing = ready.Entries.Where(check => check.Value.Status == HealthStatus.Unhealthy).ToList();
        return missing.Count == 0
            ? new()
            {
                Subject = "serving",
                Health = Health.Ok,
                Text = "Calls can be served.",
            }
            : new()
            {
                Subject = "serving",
                Health = Health.Failing,
                Text = $"Not ready: {string.Join(" ", missing.Select(check => check.Value.Description ?? $"{check.Key}."))}",
                Action = "See the lines of what it names; it is looked at again by itself.",
            };
    }
}
