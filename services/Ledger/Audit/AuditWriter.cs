using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.Store.Auditing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Ledger.Audit;

/// <summary>
/// Writes what was refused, at once and at each minute's end; says the chain's end in the log at the start, once an hour and at the stop;
/// and lets go of what is older than it is kept.
/// </summary>
internal sealed partial class AuditWriter(
    AuditLog log,
    AuditChain chain,
    AuditOptions options,
    TimeProvider time,
    ILogger<AuditWriter> logger
) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private long? _said;
    private string _fault = "";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(async () =>
        {
            await log.WriteAsync(all: true, cancellationToken);
            LogHead((await chain.SpanAsync(cancellationToken)).Head);
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.Add(AuditEntries.Own("suite", "", options.Start, time.GetUtcNow()));
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var written = await TryAsync(() => RoundAsync(stoppingToken));
                if (written)
                {
                    await log.WaitAsync(s_poll, stoppingToken);
                }
                else
                {
                    await Task.Delay(s_poll, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        await log.WriteAsync(all: false, cancellationToken);
        if (_said is { } said && time.GetElapsedTime(said) < s_hour)
        {
            return;
        }

        LogHead((await chain.SpanAsync(cancellationToken)).Head);
        _said = time.GetTimestamp();
        if (await chain.TrimAsync(time.GetUtcNow() - options.Retention, cancellationToken) is > 0 and var gone)
        {
            LogTrimmed(gone, options.Retention.TotalDays, (await chain.SpanAsync(cancellationToken)).Start);
        }
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            _fault = "";
            return true;
        }
#pragma warning disable CA1031 // Whatever a round meets, what waits is kept and the next one is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Once: the same every few seconds would bury what else there is to read.
            if (exception is not OperationCanceledException && exception.Message != _fault)
            {
                LogNotWritten(log.Waiting, exception.Message);
                _fault = exception.Message;
            }

            return false;
        }
    }

    [LoggerMessage(
        12001,
        LogLevel.Information,
        "The audit's chain ends with {Head}. Written down where nobody who may write into the store can, it proves later that nothing "
            + "before was changed"
    )]
    private partial void LogHead(AuditLink head);

    [LoggerMessage(
        12002,
        LogLevel.Information,
        "Entries of the audit older than {Days} days were let go: {Count}. It begins after {Start} now"
    )]
    private partial void LogTrimmed(long count, double days, AuditLink start);

    [LoggerMessage(
        12003,
        LogLevel.Warning,
        "Entries of the audit wait for the store, and are written once it takes them: {Waiting}. {Reason}"
    )]
    private partial void LogNotWritten(int waiting, string reason);
}
