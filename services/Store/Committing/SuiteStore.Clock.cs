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
    /// When the store was last in use, to some seconds, by the clock of whoever used it and was certain of the time. <see langword="null"/>
    /// where it never was.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<DateTimeOffset?> LastInUseAsync(CancellationToken cancellationToken) =>
        await ReadAsync(new("select until from lease where name = $1", InUse), static row => row.GetInt64(0), cancellationToken)
            is [> 0 and var until]
            ? new(until, TimeSpan.Zero)
            : null;

    /// <summary>Keeps that the store is in use at a time of which the caller is certain.</summary>
    /// <exception cref="StoreUnavailableException">It was not kept, or that is not known.</exception>
    public Task KeepInUseAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        CommitAsync(
            new Unit().Add(
                """
                insert into lease (name, holder, process, until) values ($1, '', $2, $3)
                on conflict (name) do update set process = excluded.process, until = excluded.until
                """,
                InUse,
                Process,
                now.UtcTicks
            ),
            cancellationToken
        );
}
