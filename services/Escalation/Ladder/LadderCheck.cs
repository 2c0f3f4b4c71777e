using EarlyWarning.Store.Processes;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>
/// Holds the ladder, so that its faults end the start and not the first warning; and says to other processes which it is.
/// </summary>
internal sealed class LadderCheck(CaseLadder ladder, IProcesses processes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        processes.GoBy(LadderSource.FileName, ladder.Fingerprint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
