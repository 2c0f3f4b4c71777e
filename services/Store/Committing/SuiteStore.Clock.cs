using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>What the store says of the time.</content>
public sealed partial class SuiteStore
{
    /// <summary>The row of that time among the leases; nobody leases it.</summary>
    private const string InUse = "in use";

    /// <summary>Reads the clock of the database's server; <see langword="null"/> where the database is a file and has none.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken) =>
        Database.HasClock
        && await ReadAsync(
            new("select (extract(epoch from clock_timestamp()) * 1000000)::bigint"),
            static row => DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(0)),
            cancellationToken
        )
            is [var now]
            ? now
            : null;

    /// <summary>
    /// When the store was last in use, to some seconds, by the clock of whoever used it and was certain of the time, <see langword="null"/>
    /// where it never was; and the run of their machine.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<(DateTimeOffset? Time, string Run)> LastInUseAsync(CancellationToken cancellationToken) =>
        await ReadAsync(
            new("select until, holder from lease where name = $1", InUse),
            static row => (Ticks: row.GetInt64(0), Run: row.GetString(1)),
            cancellationToken
        )
            is [var kept]
            ? (new(kept.Ticks, TimeSpan.Zero), kept.Run)
            : (null, "");

    /// <summary>Keeps that the store is in use at a time of which the caller is certain, and in which run of the machine.</summary>
    /// <exception cref="StoreUnavailableException">It was not kept, or that is not known.</exception>
    public Task KeepInUseAsync(DateTimeOffset now, string run, CancellationToken cancellationToken) =>
        CommitAsync(
            new Unit().Add(
                """
                insert into lease (name, holder, process, until) values ($1, $2, $3, $4)
                on conflict (name) do update set holder = excluded.holder, process = excluded.process, until = excluded.until
                """,
                InUse,
                run,
                Process,
                now.UtcTicks
            ),
            cancellationToken
        );
}
