using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>Holds the ladder, so that its faults end the start and not the first warning.</summary>
internal sealed class LadderCheck(CaseLadder ladder) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        ladder.Steps.Count > 0 ? Task.CompletedTask : throw new LadderException("the suite", ["it has no step"]);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
