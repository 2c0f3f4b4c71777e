using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Intake.Sources;

/// <summary>
/// Keeps the ages of the sources in rows, so that a source that is silent stays so over a restart, and one that another process of the
/// suite hears is not silent here: read and written twice a minute.
/// </summary>
internal sealed partial class SourceRows(SourceAges ages, IStore store, TimeProvider time, ILogger<SourceRows> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <summary>Reads the rows, then writes what is newer here.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var changed = ages.Newest.Where(source => _written.GetValueOrDefault(source.Key) < source.Value).ToList();
        Unit unit = new();
        foreach (var (source, recorded) in changed)
        {
            unit.Add(
                """
                insert into indicators_source (source, recorded) values ($1, $2)
                on conflict (source) do update set recorded = excluded.recorded
                where indicators_source.recorded < excluded.recorded or indicators_source.recorded > $3
                """,
                source,
                recorded.UtcTicks,
                (time.GetUtcNow() + SourceAges.Ahead).UtcTicks
            );
        }

        await store.CommitAsync(unit, cancellationToken);
        foreach (var (source, recorded) in changed)
        {
            _written[source] = recorded;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            do
            {
                try
                {
                    await RoundAsync(stoppingToken);
                }
                catch (StoreUnavailableException exception)
                {
                    LogAgesNotKept(exception.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            new("select source, recorded from indicators_source order by recorded desc limit $1", SourceAges.Most + 1L),
            static row => (Source: row.GetString(0), Recorded: new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero)),
            cancellationToken
        );
        foreach (var (source, recorded) in rows)
        {
            if (ages.IsWrong(recorded))
            {
                // When it was heard is not known. From now on it ages, and is written so.
                _written.Remove(source);
                ages.Know(source, time.GetUtcNow());
                continue;
            }

            _written[source] = recorded;
            ages.Know(source, recorded);
        }
    }

    [LoggerMessage(3121, LogLevel.Warning, "When the sources were last heard could not be kept, and will be: {Reason}")]
    private partial void LogAgesNotKept(string reason);
}
