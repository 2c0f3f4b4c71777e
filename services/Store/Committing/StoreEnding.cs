using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Committing;

/// <summary>
/// Stops the process in good order where the suite's others have gone on without it: whoever supervises it starts it anew.
/// </summary>
internal sealed partial class StoreEnding(SuiteStore store, IHostApplicationLifetime lifetime, ILogger<StoreEnding> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogEnding(await store.Ended.WaitAsync(stoppingToken));
        lifetime.StopApplication();
    }

    [LoggerMessage(1043, LogLevel.Critical, "This process ends: {Reason}")]
    private partial void LogEnding(string reason);
}
