using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// The number by which this process's silo is told from former ones of its address. Orleans takes the time of the start, and holds whoever
/// has a lower one than it has seen for dead: after a start by a clock that was ahead nobody could join. So the store counts: by its clock,
/// and never back.
/// </summary>
/// <param name="store">The suite's store.</param>
/// <param name="time">Stands for the store's clock where it has none.</param>
internal sealed class SiloGeneration(SuiteStore store, TimeProvider time)
{
    /// <summary>As Orleans counts: the seconds of this year and later, which last for 68 years.</summary>
    private static readonly DateTimeOffset s_first = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private int? _taken;

    /// <summary>Gets it, once it was taken.</summary>
    public int Value => _taken ?? throw new InvalidOperationException("The silo's generation is not taken yet.");

    /// <summary>Takes one that is higher than any before it.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await store.CommitApartAsync(
            new Unit()
                .Add(
                    "insert into silo_version (one, epoch, version, generation) values (1, $1, 0, 0) on conflict (one) do nothing",
                    store.Identity.Epoch
                )
                .Add(
                    $"""
                    update silo_version set generation = case when generation >= said.now then generation + 1 else said.now end
                    from (select ({store.Now("$1")} - $2) / 10000000 as now) said
                    """,
                    time.GetUtcNow().UtcTicks,
                    s_first.UtcTicks
                ),
            cancellationToken
        );
        var found = await store.ReadAsync(new("select generation from silo_version"), static row => row.GetInt64(0), cancellationToken);
        _taken = (int)found[0];
    }
}
