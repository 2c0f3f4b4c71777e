using System.Threading.Channels;
using EarlyWarning.Store.Databases;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EarlyWarning.Store.Signals;

/// <summary>
/// Brings signals from process to process by PostgreSQL's notifications: what this process gives is told after its commit, so that no
/// commit waits for it, and heard on a connection of its own, which is opened again for as long as the store is used.
/// </summary>
internal sealed partial class PostgresListener(
    PostgresDatabase database,
    StoreSignals signals,
    string process,
    TimeProvider time,
    ILogger<PostgresListener> logger
) : IAsyncDisposable
{
    private const string Name = "early_warning";
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ChannelReader<string> _told = signals.Tell();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(Task.Run(() => AlwaysAsync(TellAsync)), Task.Run(() => AlwaysAsync(HearAsync)));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task AlwaysAsync(Func<CancellationToken, Task> work)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await work(_stopping.Token);
            }
#pragma warning disable CA1031 // Whatever it is, everybody who waits looks by himself meanwhile.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!_stopping.IsCancellationRequested)
                {
                    LogSilent(exception.Message);
                    await Task.Delay(s_pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (await _told.WaitToReadAsync(cancellationToken))
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            while (_told.TryRead(out var name))
            {
                names.Add(name);
            }

            await database.NotifyAsync(Name, [.. names.Select(name => $"{process} {name}")], cancellationToken);
        }
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Connect();
        connection.Notification += Heard;
        await connection.OpenAsync(cancellationToken);
        await using (NpgsqlCommand listen = new($"listen {Name}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was said before is not said again.
        signals.RingAll();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Heard(object sender, NpgsqlNotificationEventArgs notification)
    {
        if (notification.Payload.Split(' ') is [var from, var name] && from != process)
        {
            signals.Ring(name);
        }
    }

    [LoggerMessage(
        1044,
        LogLevel.Debug,
        "What is new elsewhere is not heard, or not told, and will be; until then each looks every second: {Reason}"
    )]
    private partial void LogSilent(string reason);
}
