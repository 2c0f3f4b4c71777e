using System.Globalization;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Which silos there are, in the suite's store: a row each, and one with the table's version, which each change raises by one; whoever has
/// read an earlier version changes nothing. Rows are of one epoch of the store. Whoever takes the store over carries its own silo into the
/// new one; the silos of
/// the other processes, which have to start anew, are forgotten. Who is alive is judged by the store's clock alone: no machine's clock,
/// right or wrong, makes a silo look dead. Thread-safe.
/// </summary>
/// <param name="store">The suite's store.</param>
/// <param name="own">This process's silo.</param>
/// <param name="clocks">By which Orleans dates what it writes, and judges what it reads.</param>
internal sealed class StoreMembership(SuiteStore store, ILocalSiloDetails own, SiloClocks clocks) : IMembershipTable
{
    private const string Fields = "status, name, host, proxy, suspects, started, alive";
    private string _epoch = "";
    private MembershipEntry? _written;

    /// <inheritdoc />
    public Task InitializeMembershipTable(bool tryInitTableVersion) => store.PatientlyAsync(EnterAsync, CancellationToken.None);

    /// <inheritdoc />
    public Task DeleteMembershipTableEntries(string clusterId) =>
        store.CommitApartAsync(
            new Unit().Require(Taken, "update silo_version set version = version + 1 where epoch = $1", _epoch).Add("delete from silo"),
            CancellationToken.None
        );

    /// <inheritdoc />
    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var silos = (await ReadAll()).Members;
        var before = clocks.FromSteady(beforeDate.UtcDateTime);
        var defunct = silos.Where(row => row.Item1.Status != SiloStatus.Active && SiloRow.Last(row.Item1, clocks) < before).ToList();
        foreach (var (entry, etag) in defunct)
        {
            await store.CommitApartAsync(
                new Unit().Add("delete from silo where address = $1 and version = $2", entry.SiloAddress.ToParsableString(), Number(etag)),
                CancellationToken.None
            );
        }
    }

    /// <inheritdoc />
    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync("s.address = $2", key.ToParsableString());

    /// <inheritdoc />
    public Task<MembershipTableData> ReadAll() => ReadAsync("$2 = ''", "");

    /// <inheritdoc />
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        ChangeAsync(entry, tableVersion, unit => Insert(unit, entry, tableVersion.Version));

    /// <inheritdoc />
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        ChangeAsync(entry, tableVersion, unit => unit.Require(
                () => new ChangedException(),
                """
                update silo set version = $1, status = $2, name = $3, host = $4, proxy = $5, suspects = $6, started = $7, alive = $8
                where address = $9 and version = $10
                """,
                [(long)tableVersion.Version, .. SiloRow.Values(entry, clocks), entry.SiloAddress.ToParsableString(), Number(etag)]
            ));

    /// <inheritdoc />
    public Task UpdateIAmAlive(MembershipEntry entry) =>
        store.CommitApartAsync(
            new Unit().Add(
                "update silo set alive = $1 where address = $2",
                clocks.ToStore(entry.IAmAliveTime),
                entry.SiloAddress.ToParsableString()
            ),
            CancellationToken.None
        );

    private async Task<MembershipTableData> ReadAsync(string which, string address)
    {
        if (_epoch != store.Identity.Epoch)
        {
            await EnterAsync();
        }

        var asked = clocks.Steady;
        var rows = await store.ReadAsync(
            new(
                $"""
                select v.version, {store.Now("$1")}, {SiloRow.Columns} from silo_version v left join silo s on {which}
                where v.epoch = $3
                """,
                asked.Ticks,
                address,
                _epoch
            ),
            row =>
            {
                clocks.Hear(asked, row.GetInt64(1));
                return (Version: (int)row.GetInt64(0), Row: row.IsDBNull(2) ? null : SiloRow.Read(row, 2, clocks));
            },
            CancellationToken.None
        );
        return rows.Count == 0
            ? throw Taken()
            : new([.. rows.Select(row => row.Row).OfType<Tuple<MembershipEntry, string>>()], new(rows[0].Version, $"{rows[0].Version}"));
    }

    private async Task<bool> ChangeAsync(MembershipEntry entry, TableVersion next, Func<Unit, Unit> change)
    {
        try
        {
            await store.CommitApartAsync(
                change(
                    new Unit().Require(
                        () => new ChangedException(),
                        "update silo_version set version = $1 where version = $2 and epoch = $3",
                        (long)next.Version,
                        Number(next.VersionEtag),
                        _epoch
                    )
                ),
                CancellationToken.None
            );
        }
        catch (ChangedException)
        {
            return false;
        }

        if (entry.SiloAddress.Equals(own.SiloAddress))
        {
            _written = entry;
        }

        return true;
    }

    /// <summary>
    /// Begins the table of the present epoch, where nobody has, with this process's silo where it has one already. The version goes on:
    /// what is older than a silo has seen it passes over.
    /// </summary>
    private async Task EnterAsync()
    {
        var epoch = store.Identity.Epoch;
        var unit = new Unit()
            .Require(Taken, "update store set epoch = epoch where epoch = $1", epoch)
            .Add("insert into silo_version (one, epoch, version, generation) values (1, $1, 0, 0) on conflict (one) do nothing", epoch)
            .Add("delete from silo where exists (select 1 from silo_version where epoch <> $1)", epoch)
            .Add("update silo_version set epoch = $1, version = version + 1 where epoch <> $2", epoch, epoch);
        if (_written is { Status: not SiloStatus.Dead } entry)
        {
            unit.Add("update silo_version set version = version + 1")
                .Add(
                    $"""
                    insert into silo (address, version, {Fields}) select $1, version, $2, $3, $4, $5, $6, $7, $8 from silo_version
                      where true
                    on conflict (address) do nothing
                    """,
                    [entry.SiloAddress.ToParsableString(), .. SiloRow.Values(entry, clocks)]
                );
        }

        await store.CommitApartAsync(unit, CancellationToken.None);
        _epoch = epoch;
    }

    private Unit Insert(Unit unit, MembershipEntry entry, int version) =>
        unit.Require(
            () => new ChangedException(),
            $"insert into silo (address, version, {Fields}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (address) do nothing",
            [entry.SiloAddress.ToParsableString(), (long)version, .. SiloRow.Values(entry, clocks)]
        );

    private static long Number(string etag) => long.Parse(etag, CultureInfo.InvariantCulture);

    private static StoreUnavailableException Taken() =>
        new("The store was taken over under another epoch: this process's silo is none of the suite's any longer. Start it anew.");

    private sealed class ChangedException : Exception;
}
