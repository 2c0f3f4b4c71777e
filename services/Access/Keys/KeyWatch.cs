using EarlyWarning.ServiceDefaults.Auditing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Access.Keys;

/// <summary>
/// Looks at the file of keys every second, puts on record what is in force, and writes their last uses once a minute and at the end.
/// </summary>
internal sealed class KeyWatch(ApiKeys keys, TimeProvider time, ILogger<KeyWatch> logger, IAuditLog? audit = null) : BackgroundService
{
    private const int LooksBetweenWrites = 60;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private bool _written = true;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteUses();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        audit?.Add(KeyChanges.Start(keys, time.GetUtcNow()));
        keys.Changed = (before, after) =>
        {
            foreach (var entry in audit is null ? [] : KeyChanges.Of(before, after, time.GetUtcNow()))
            {
                audit!.Add(entry);
            }
        };
        try
        {
            for (var looks = 1; await timer.WaitForNextTickAsync(stoppingToken); looks++)
            {
                keys.Look(logger);
                if (looks % LooksBetweenWrites == 0)
                {
                    WriteUses();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private void WriteUses()
    {
        try
        {
            keys.WriteUses();
            _written = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_written)
            {
                logger.UsesNotWritten(exception.Message);
            }

            _written = false;
        }
    }
}
