using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Committing;

/// <content>What the store says of the time.</content>
public sealed partial class SuiteStore
{
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
    /// When the store was last in use, by the clock of whoever used it, to some seconds: the end of the newest lease, which every reader of
    /// due times
    /// renews each second. <see langword="null"/> where none ever was.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<DateTimeOffset?> LastInUseAsync(CancellationToken cancellationToken) =>
        await ReadAsync(new("select coalesce(max(until), 0) from lease"), static row => row.GetInt64(0), cancellationToken)
            is [> 0 and var until]
            ? new(until, TimeSpan.Zero)
            : null;
}
