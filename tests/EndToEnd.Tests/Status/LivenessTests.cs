using EarlyWarning.Host.Status;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.EndToEnd.Tests.Status;

public sealed class LivenessTests
{
    [Fact]
    public async Task Check_ALoopHangs_AsksForARestartAndNamesIt()
    {
        Pulses pulses = new(TimeProvider.System);
        pulses.Begin("commits");
        pulses.Begin("sending", TimeSpan.Zero);

        var hangs = await CheckAsync(pulses);
        Assert.Equal(HealthStatus.Unhealthy, hangs.Status);
        Assert.StartsWith("sending has not gone on for 0 s. Restart the process", hangs.Description, StringComparison.Ordinal);

        Pulses well = new(TimeProvider.System);
        well.Begin("commits");
        Assert.Equal((HealthStatus.Healthy, "These go on: commits."), ((await CheckAsync(well)).Status, (await CheckAsync(well)).Description));
    }

    private static Task<HealthCheckResult> CheckAsync(Pulses pulses) => new Liveness(pulses).CheckHealthAsync(new(), TestContext.Current.CancellationToken);
}
