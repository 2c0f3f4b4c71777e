using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Requests;

/// <summary>Lets the table of requests be swept each minute.</summary>
internal sealed partial class RequestSweeper(RequestTable table, TimeProvider time, ILogger<RequestSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await table.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreUnavailableException)
            {
                LogNotSwept(exception.Message);
            }
        }
    }

    [LoggerMessage(1011, LogLevel.Debug, "The answers that are kept could not be swept, and will be: {Reason}")]
    private partial void LogNotSwept(string reason);
}
