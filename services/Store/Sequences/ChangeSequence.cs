using System.Data.Common;
using EarlyWarning.Store.Committing;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Store.Sequences;

/// <summary>
/// The changes that a service keeps for those who watch: rows of a table with a column <c>seq</c>, of which the newest are kept. Whoever
/// reads on from a position skips nothing, because writers of such a table commit in its order. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="table">The table.</param>
/// <param name="retention">How many changes are kept; older ones are to be listed.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Ends every wait when the process stops.</param>
public sealed class ChangeSequence(IStore store, string table, int retention, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>What another process says of a change may be lost.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>Lets the unit be the only one that writes changes until it is committed. Comes before its change.</summary>
    public Unit Begin(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Lock(table);
    }

    /// <summary>Forgets, with the unit, what is older than is kept. Comes after its change.</summary>
    public Unit End(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Add($"delete from {table} where seq <= (select max(seq) from {table}) - $1", (long)retention);
    }

    /// <summary>Says to those who wait that there is a change.</summary>
    public void Signal() => store.Signals.Give(table);

    /// <summary>The position of the newest change; 0 before the first.</summary>
    public Task<long> HeadAsync(CancellationToken cancellationToken) => OneAsync("max", cancellationToken);

    /// <summary>
    /// Reads changes after a position, oldest first, and waits up to some seconds for the first. <see langword="null"/> where older ones
    /// than are kept would have to come first.
    /// </summary>
    /// <param name="position">The position.</param>
    /// <param name="take">The most to read.</param>
    /// <param name="columns">What to read beside <c>seq</c>, which comes first.</param>
    /// <param name="map">Makes a change of a row.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<IReadOnlyList<(long Position, T Change)>?> AfterAsync<T>(
        long position,
        int take,
        string columns,
        Func<DbDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var next = store.Signals.WhenGiven(table);
            var changes = await store.ReadAsync(
                new($"select seq, {columns} from {table} where seq > $1 order by seq limit $2", position, (long)take),
                row => (row.GetInt64(0), map(row)),
                cancellationToken
            );
            if (changes.Count > 0)
            {
                return await OneAsync("min", cancellationToken) > position + 1 ? null : changes;
            }

            if (lifetime.ApplicationStopping.IsCancellationRequested || time.GetElapsedTime(started) >= s_patience)
            {
                return [];
            }

            // A silo that stops waits for its calls.
            await next.WaitAsync(s_poll, time, lifetime.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task<long> OneAsync(string which, CancellationToken cancellationToken) =>
        (await store.ReadAsync(new($"select coalesce({which}(seq), 0) from {table}"), row => row.GetInt64(0), cancellationToken))[0];
}
