using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar;

/// <summary>
/// The sidecar as a process of its own, for a suite of several processes. One serves at a time; whatever others there are stand by, and
/// take over its messages when it has ended. Thread-safe.
/// </summary>
public sealed partial class SidecarService : BackgroundService, IHealthCheck
{
    private const string Lease = "sidecar";
    private const int ForgetAtOnce = 100;
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_forget = TimeSpan.FromSeconds(2);

    private readonly SidecarOptions _options;
    private readonly IJournals _journals;
    private readonly IDueTimes _leases;
    private readonly IOwedEvents _events;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<SidecarService> _logger;
    private readonly Heartbeat? _heartbeat;
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private volatile string _standing = "The sidecar has not started yet.";
    private volatile SidecarHost? _serving;
    private long _held;
    private long _lookedAt;
    private int _looked;

    /// <summary>Creates it; it serves once it is started.</summary>
    /// <param name="options">App ids with their ports, folder and limits.</param>
    /// <param name="journals">Where messages are kept.</param>
    /// <param name="leases">Where it is agreed who serves.</param>
    /// <param name="events">Says which events were given up, so that they are no dead letters any more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="heartbeats">Shows that it goes on.</param>
    public SidecarService(
        SidecarOptions options,
        IJournals journals,
        IDueTimes leases,
        IOwedEvents events,
        TimeProvider time,
        ILoggerFactory loggers,
        Heartbeats? heartbeats = null
    )
    {
        _options = options with { MayReopen = HoldAsync };
        (_journals, _leases, _events, _time, _loggers) = (journals, leases, events, time, loggers);
        _logger = loggers.CreateLogger<SidecarService>();
        _heartbeat = heartbeats?.Begin("sidecar");
    }

    /// <summary>What serves; <see langword="null"/> while it stands by.</summary>
    public SidecarHost? Serving => _serving;

    /// <summary>Healthy while it serves or stands by.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            _standing is { Length: > 0 } problem && _serving is null ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy()
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _heartbeat?.Beat();
                if (await HoldAsync(stoppingToken))
                {
                    await ServeAsync(stoppingToken);
                }
                else if (_standing.Length > 0)
                {
                    _standing = "";
                    LogStandsBy();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever stands in the way now, it is tried again: nothing else carries the messages.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (_standing != exception.Message)
                {
                    _standing = exception.Message;
                    LogCannotServe(exception.Message);
                }
            }

            await Task.Delay(_options.ProbeInterval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Stops serving, and lets another one take over at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            if (_held > 0)
            {
                await _leases.LeaseAsync(Lease, _holder, TimeSpan.Zero, cancellationToken);
            }
        }
        catch (StoreUnavailableException)
        {
            // It ends by itself.
        }
    }

    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        await using var serving = await SidecarHost.StartAsync(_options, _journals, _time, _loggers, stoppingToken);
        foreach (var endpoint in serving.Endpoints)
        {
            LogServes(endpoint.App.AppId, endpoint.Grpc, endpoint.Http);
        }

        try
        {
            (_serving, _standing) = (serving, "The sidecar has stopped serving, and looks whether another one does.");
            while (!serving.TakenOver.IsCompleted && await HoldsStillAsync(stoppingToken))
            {
                _heartbeat?.Beat();
                await ForgetAsync(serving.DeadLetters, stoppingToken);
                await Task.WhenAny(serving.TakenOver, Task.Delay(_options.ProbeInterval, _time, stoppingToken));
            }

            LogYields();
        }
        finally
        {
            _serving = null;
        }
    }

    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        if (!await _leases.LeaseAsync(Lease, _holder, s_lease, cancellationToken))
        {
            return false;
        }

        _held = asked;
        return true;
    }

    /// <summary>
    /// While the store is away nobody can take over; one that was away for longer than the lease may find that somebody has.
    /// </summary>
    private async Task<bool> HoldsStillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _time.GetElapsedTime(_held) < s_lease / 3 || await HoldAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }

    /// <summary>An event that an operator has given up, by whichever process of the suite, is no dead letter any more.</summary>
    private async Task ForgetAsync(IDeadLetters dead, CancellationToken cancellationToken)
    {
        if (dead.Count == 0 || _time.GetElapsedTime(_lookedAt) < s_forget)
        {
            return;
        }

        _lookedAt = _time.GetTimestamp();
        try
        {
            // Some at a time, and the others the next times.
            var letters = dead.List(int.MaxValue).Skip(_looked).Take(ForgetAtOnce).ToList();
            _looked = letters.Count < ForgetAtOnce ? 0 : _looked + ForgetAtOnce;
            foreach (var letter in letters)
            {
                if (await _events.FindAsync(letter.EventId, cancellationToken) is { State: EventState.Dismissed })
                {
                    dead.Forget(letter.EventId);
                }
            }
        }
        catch (StoreUnavailableException)
        {
            // It is looked at again.
        }
    }
}
