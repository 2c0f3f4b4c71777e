using System.Net;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>What Orleans asks of a table of silos, on both engines.</summary>
public abstract partial class StoreMembershipTests(Func<Task<PostgresServer?>> start) : IAsyncLifetime
{
    private static int s_generation;
    private PostgresServer? _postgres;
    private TestStore _store = null!;
    private Silo _own = null!;
    private StoreMembership _table = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await start();
        _store = new(TimeProvider.System, _postgres, ClusterTables.Migrations);
        _own = new(Address());
        _table = new(_store.Store, _own, new(TimeProvider.System, TimeProvider.System));
        await _table.InitializeMembershipTable(true);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Table_InsertUpdateReadCleanup_HoldsItsContract()
    {
        await ReadAll_NothingYet_EmptyOfVersionZero();
        await Insert_OldVersionOrTwice_Refused();
        await Update_StaleEtagOrVersion_Refused();
        await UpdateIAmAlive_Silo_LeavesVersionsAlone();
        await Change_ManyAtOnce_OneEach();
        await Cleanup_OldSilos_KeepsActiveAndNew();
        await Read_ByAnotherMachinesClock_CountsOrNotAsByTheStores();
        await Generation_ClockWasAheadAndIsBack_IsHigherThanAnyBefore();
        await TakeOver_ByThisProcess_CarriesItsSiloAlone();
        await TakeOver_ByAnother_NothingIsReadOrWritten();
    }

    private async Task ReadAll_NothingYet_EmptyOfVersionZero()
    {
        var data = await _table.ReadAll();

        Assert.Empty(data.Members);
        Assert.Equal((0, "0"), (data.Version.Version, data.Version.VersionEtag));
        Assert.Empty((await _table.ReadRow(Address())).Members);
    }

    private async Task Insert_OldVersionOrTwice_Refused()
    {
        var entry = Entry();
        var next = (await _table.ReadAll()).Version.Next();

        Assert.True(await _table.InsertRow(entry, next));
        Assert.False(await _table.InsertRow(entry, next));
        Assert.False(await _table.InsertRow(Entry(), next));
        var read = await _table.ReadRow(entry.SiloAddress);
        Assert.Equal(next.Version, read.Version.Version);
        Assert.NotEqual(next.VersionEtag, read.Version.VersionEtag);
        Assert.False(await _table.InsertRow(entry, read.Version.Next()));
        Assert.Equal(read.Version, (await _table.ReadAll()).Version);
        Assert.Equal(entry.ToFullString(), Assert.Single(read.Members).Item1.ToFullString());
    }

    private async Task Update_StaleEtagOrVersion_Refused()
    {
        var entry = await InsertAsync(Entry());
        var (version, etag) = ((await _table.ReadAll()).Version, await EtagAsync(entry));
        entry.Status = SiloStatus.Active;
        entry.SuspectTimes = [Tuple.Create(Address(), Now()), Tuple.Create(Address(), Now().AddSeconds(1))];

        Assert.False(await _table.UpdateRow(entry, etag, new(version.Version + 1, "0")));
        Assert.False(await _table.UpdateRow(Entry(), etag, version.Next()));
        Assert.True(await _table.UpdateRow(entry, etag, version.Next()));
        Assert.False(await _table.UpdateRow(entry, etag, version.Next()));
        Assert.False(await _table.UpdateRow(entry, etag, (await _table.ReadAll()).Version.Next()));
        Assert.NotEqual(etag, await EtagAsync(entry));
        Assert.Equal(entry.ToFullString(), (await ReadAsync(entry)).Item1.ToFullString());
    }

    private async Task UpdateIAmAlive_Silo_LeavesVersionsAlone()
    {
        var entry = await InsertAsync(Entry());
        var (version, etag) = ((await _table.ReadAll()).Version, await EtagAsync(entry));
        MembershipEntry alive = new() { SiloAddress = entry.SiloAddress, IAmAliveTime = Now().AddSeconds(5) };

        await _table.UpdateIAmAlive(alive);

        Assert.Equal((version, etag), ((await _table.ReadAll()).Version, await EtagAsync(entry)));
        Assert.Equal(alive.IAmAliveTime, (await ReadAsync(entry)).Item1.IAmAliveTime);
    }

    private async Task Change_ManyAtOnce_OneEach()
    {
        var entry = Entry();
        var version = (await _table.ReadAll()).Version;
        var inserted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _table.InsertRow(entry, version.Next())));
        Assert.Single(inserted, done => done);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => UpdateAsync(entry)));

        Assert.Equal(version.Version + 11, (await _table.ReadAll()).Version.Version);
    }

    private async Task UpdateAsync(MembershipEntry entry)
    {
        var done = false;
        while (!done)
        {
            var data = await _table.ReadAll();
            var row = data.TryGet(entry.SiloAddress)!;
            done = await _table.UpdateRow(row.Item1, row.Item2, data.Version.Next());
        }
    }

    private async Task Cleanup_OldSilos_KeepsActiveAndNew()
    {
        await _table.DeleteMembershipTableEntries("early-warning");
        Assert.Empty((await _table.ReadAll()).Members);
        var young = await InsertAsync(Entry());
        foreach (var status in Enum.GetValues<SiloStatus>())
        {
            await InsertAsync(Entry(status, Now().AddDays(-10)));
        }

        var voted = Entry(SiloStatus.Dead, Now().AddDays(-10));
        voted.SuspectTimes = [Tuple.Create(young.SiloAddress, Now())];
        await InsertAsync(voted);

        await _table.CleanupDefunctSiloEntries(Now().AddDays(-3));

        var left = (await _table.ReadAll()).Members.Select(row => row.Item1).ToList();
        Assert.Equal(3, left.Count);
        Assert.Contains(left, entry => entry.Status == SiloStatus.Active);
        Assert.Contains(left, entry => entry.SiloAddress.Equals(young.SiloAddress));
        Assert.Contains(left, entry => entry.SiloAddress.Equals(voted.SiloAddress));
    }

    private async Task TakeOver_ByThisProcess_CarriesItsSiloAlone()
    {
        var own = Entry(SiloStatus.Active);
        own.SiloAddress = _own.SiloAddress;
        await InsertAsync(own);
        var before = (await _table.ReadAll()).Version.Version;
        await Epochs.NextAsync(_store.Store);

        var data = await _table.ReadAll();

        Assert.Equal(own.ToFullString(), Assert.Single(data.Members).Item1.ToFullString());
        Assert.True(data.Version.Version > before, "a silo passes over what is older than it has seen");
        Assert.True(await _table.UpdateRow(own, data.Members[0].Item2, data.Version.Next()));
    }

    private async Task TakeOver_ByAnother_NothingIsReadOrWritten()
    {
        var version = (await _table.ReadAll()).Version;
        await _store.Store.CommitApartAsync(
            new Store.Committing.Unit().Add("update silo_version set epoch = 'ANOTHER1'"),
            CancellationToken.None
        );

        await Assert.ThrowsAsync<StoreUnavailableException>(_table.ReadAll);
        Assert.False(await _table.InsertRow(Entry(), version.Next()));
    }

    private async Task<MembershipEntry> InsertAsync(MembershipEntry entry)
    {
        Assert.True(await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next()));
        return entry;
    }

    private async Task<Tuple<MembershipEntry, string>> ReadAsync(MembershipEntry entry) =>
        (await _table.ReadAll()).TryGet(entry.SiloAddress)!;

    private async Task<string> EtagAsync(MembershipEntry entry) => (await ReadAsync(entry)).Item2;

    private static MembershipEntry Entry(SiloStatus status = SiloStatus.Joining, DateTime? since = null) =>
        new()
        {
            SiloAddress = Address(),
            HostName = "host",
            SiloName = "risk 1",
            Status = status,
            SuspectTimes = [],
            StartTime = since ?? Now(),
            IAmAliveTime = since ?? Now(),
        };

    private static SiloAddress Address() => SiloAddress.New(IPAddress.Loopback, 12_345, Interlocked.Increment(ref s_generation));

    private static DateTime Now() => DateTime.UtcNow;

    private sealed class Silo(SiloAddress address) : ILocalSiloDetails
    {
        public string Name => "own";

        public string ClusterId => "early-warning";

        public string DnsHostName => "host";

        public SiloAddress SiloAddress => address;

        public SiloAddress GatewayAddress => address;
    }

    public sealed class Sqlite() : StoreMembershipTests(() => Task.FromResult<PostgresServer?>(null));

    public sealed class Postgres() : StoreMembershipTests(async () => await PostgresServer.StartAsync());
}
