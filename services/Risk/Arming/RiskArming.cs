using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Arming;

/// <summary>
/// Whether breaches are told, from the row that says so; looked at every second, because another process that shares the store may change
/// it. What was decided while it was unarmed stays suppressed: it is in the breach itself.
/// </summary>
internal sealed partial class RiskArming(IStore store, TimeProvider time, ILogger<RiskArming> logger) : BackgroundService, IArming
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private Unarmed? _unarmed;

    public Unarmed? Current => Volatile.Read(ref _unarmed) is { } unarmed && time.GetUtcNow() < unarmed.Until ? unarmed : null;

    public async Task<Unarmed> UnarmAsync(
        TimeSpan duration,
        string reason,
        string actor,
        bool verified,
        CancellationToken cancellationToken,
        string mark = "",
        Func<Unarmed, byte[]>? answer = null
    )
    {
        var now = time.GetUtcNow();
        Unarmed unarmed = new(Current?.Since ?? now, now + duration, reason, actor, verified);
        await store.CommitAsync(
            new Unit()
                .Add(
                    """
                    insert into risk_unarmed (since, until, reason, actor, verified, ended) values ($1, $2, $3, $4, $5, 0)
                    on conflict (since) do update set until = excluded.until, reason = excluded.reason, actor = excluded.actor,
                    verified = excluded.verified
                    """,
                    unarmed.Since.UtcTicks,
                    unarmed.Until.UtcTicks,
                    unarmed.Reason,
                    unarmed.Actor,
                    unarmed.Verified ? 1L : 0L
                )
                .KeepRequest(mark, answer?.Invoke(unarmed) ?? [], now),
            cancellationToken
        );
        await LookAsync(cancellationToken);
        LogUnarmed(unarmed.Until, unarmed.Actor, unarmed.Reason);
        return unarmed;
    }

    public async Task<long> ArmAsync(
        string actor,
        CancellationToken cancellationToken,
        string etag = "",
        string mark = "",
        Func<long, byte[]>? answer = null
    )
    {
        var (now, suppressed) = (time.GetUtcNow(), await SuppressedAsync(cancellationToken));
        await LookAsync(cancellationToken);
        var unit = new Unit();
        if (etag.Length > 0)
        {
            var present = Current;
            if (present?.Etag != etag)
            {
                throw Stale(present);
            }

            unit.Require(
                () => Stale(null),
                "update risk_unarmed set ended = $1 where ended = 0 and since = $2 and until = $3",
                now.UtcTicks,
                present.Since.UtcTicks,
                present.Until.UtcTicks
            );
        }

        unit.Add("update risk_unarmed set ended = $1 where ended = 0", now.UtcTicks)
            .KeepRequest(mark, answer?.Invoke(suppressed) ?? [], now);
        await store.CommitAsync(unit, cancellationToken);
        await LookAsync(cancellationToken);
        LogArmed(actor);
        return suppressed;
    }

    private static RpcException Stale(Unarmed? present) =>
        Fault.Field(
            V1.ErrorReason.EtagMismatch,
            "etag",
            present is null
                ? "The suite is armed, or was unarmed anew meanwhile. Look how it stands (GetStatus), and leave the etag out to arm it "
                    + "all the same."
                : $"Somebody has unarmed the suite anew since, {present.Actor}, and the etag is now '{present.Etag}'. Ask them; leave the "
                    + $"etag out to arm it all the same.",
            StatusCode.Aborted,
            ("etag", present?.Etag ?? "")
        );

    public async Task<long> SuppressedAsync(CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select count(*) from risk_breach where suppressed = 1 and state = $1", (long)V1.Breach.Types.State.Firing),
                row => row.GetInt64(0),
                cancellationToken
            )
        )[0];

    /// <summary>Reads how it stands. Where that cannot be read, what was known last holds until its time is over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await store.ReadAsync(
            new("select since, until, reason, actor, verified from risk_unarmed where ended = 0 order by since desc"),
            row => new Unarmed(At(row.GetInt64(0)), At(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetInt64(4) == 1),
            cancellationToken
        );
        Volatile.Write(ref _unarmed, rows.FirstOrDefault(row => row.Until > now));
        if (rows.Any(row => row.Until <= now))
        {
            await EndLapsedAsync(now, cancellationToken);
        }
    }

    /// <summary>Known before anything is decided.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryLookAsync(cancellationToken))
        {
            await Task.Delay(s_every, time, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task<bool> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Whatever one look meets, the next one is made.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogArmingNotRead(exception.Message);
            return false;
        }
    }

    /// <summary>What is over stays over: a clock that is set back later must not keep anybody from being told again.</summary>
    private async Task EndLapsedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await store.CommitAsync(
                new Unit().Add("update risk_unarmed set ended = until where ended = 0 and until <= $1", now.UtcTicks),
                cancellationToken
            );
        }
        catch (StoreUnavailableException)
        {
            // It is over all the same, and each look tries again.
        }
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    [LoggerMessage(7001, LogLevel.Warning, "The suite is unarmed until {Until:O}, by {Actor}: nobody is told of breaches. {Reason}")]
    private partial void LogUnarmed(DateTimeOffset until, string actor, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "The suite is armed, by {Actor}: people are told of breaches")]
    private partial void LogArmed(string actor);

    [LoggerMessage(7003, LogLevel.Warning, "Whether the suite is armed could not be read, and will be: {Reason}")]
    private partial void LogArmingNotRead(string reason);
}
