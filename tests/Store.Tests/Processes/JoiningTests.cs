using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Processes;

/// <summary>Who may use a store beside whom.</summary>
public sealed class JoiningTests(PostgresFixture server)
{
    [Fact]
    public async Task Start_SeveralWithEmptyFoldersAtOnce_ShareOneStoreAndKnowEachOther()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        string[] names = ["a", "bb", "ccc", "dddd"];
        var stores = await Task.WhenAll(names.Select(name => Task.Run(() => database.JoinAsync(name))));

        Assert.Single(stores.Select(store => store.Identity).Distinct());
        Assert.Equal(stores.Length, stores.Select(store => store.Process).Distinct().Count());
        await Task.WhenAll(stores.Select((store, n) => store.WriteAsync(names[n])));
        foreach (var store in stores)
        {
            SuiteProcesses processes = new(store, TimeProvider.System);
            var all = await processes.ListAsync(CancellationToken.None);
            Assert.Equal(stores.Select(one => one.Process).Order(StringComparer.Ordinal), all.Select(one => one.Id));
            Assert.All(all, one =>
                Assert.True(one is { IsAlive: true, Version: "1.2.3" } && one.Services.Contains("more"), one.ToString())
            );
            Assert.Equal(store.Process, processes.Own);
            Assert.True(store.Status.Available, store.Status.Reason);
        }

        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task GoBy_FileOfOneProcess_IsKnownToTheOthers()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        new SuiteProcesses(first, TimeProvider.System).GoBy("ladder.yaml", "one");
        new SuiteProcesses(first, TimeProvider.System).GoBy("ladder.yaml", "another");
        new SuiteProcesses(first, TimeProvider.System).GoBy("directory.yaml", FileFingerprint.Of(null));

        await Eventually.HoldsAsync(
            async () =>
                (await new SuiteProcesses(second, TimeProvider.System).ListAsync(CancellationToken.None))
                    .Single(one => one.Id == first.Process)
                    .Files
                    is { Count: 2 } files
                && files["ladder.yaml"] == "another"
                && files["directory.yaml"] == "none",
            "the files are known",
            20
        );
    }

    [Fact]
    public async Task Start_AloneBesideOthers_IsRefusedWithTheirNames()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("risk");
        await using (var second = await database.JoinAsync("board")) { }

        var refused = (await Assert.ThrowsAsync<StoreStartException>(() => database.StartAsync("board"))).Message;
        Assert.Contains(
            $"in use by another process: {first.Process} with risk, more at 127.0.0.1:4 (version 1.2.3)",
            refused,
            StringComparison.Ordinal
        );
        Assert.Contains("--cluster", refused, StringComparison.Ordinal);
        await first.WriteAsync("goes on");
    }

    [Fact]
    public async Task Start_KilledInTheMidstOfTheStartBefore_WaitsUntilThatOneCountsAsEnded()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using (var before = await database.StartAsync("risk")) { }

        // It had written its row, and not yet into the folder which one that is.
        await database.MeddleAsync(
            """
            insert into process (id, services, peer, version, started, beat, seen, steady)
            select 'killed', '', '', '', 0, 0, now.ticks, now.ticks
            from (select (extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000 as ticks) now
            """
        );

        await using var store = await database.StartAsync("risk", options => options.StartPatience = TimeSpan.FromMinutes(1));

        await store.WriteAsync("goes on");
    }

    [Fact]
    public async Task Start_SharedBesideOneThatIsAlone_IsRefused()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using (var before = await database.JoinAsync("risk")) { }

        await using (var before = await database.JoinAsync("board")) { }

        await using var alone = await database.StartAsync("risk");
        var refused = (await Assert.ThrowsAsync<StoreStartException>(() => database.JoinAsync("board"))).Message;
        Assert.Contains($"in use by a process that has it for itself ({alone.Process})", refused, StringComparison.Ordinal);
        await alone.WriteAsync("goes on");
    }

    [Fact]
    public async Task Start_AloneAndSharedAtOnce_OneOfTheTwoHasIt()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        foreach (var name in (string[])["a", "b"])
        {
            await using var before = await database.JoinAsync(name);
        }

        for (var time = 0; time < 3; time++)
        {
            var starts = await Task.WhenAll(TryAsync(() => database.StartAsync("a")), TryAsync(() => database.JoinAsync("b")));

            var running = Assert.Single(starts, start => start is not null)!;
            await running.WriteAsync("it has it");
            await running.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_SharedWithAnEmptyFolderOnWhatOneHadForItself_IsRefusedUntilThatFolderHasJoined()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using (var before = await database.StartAsync("old")) { }

        Assert.Contains(
            "belongs to the suite whose owner mark is",
            (await Assert.ThrowsAsync<StoreStartException>(() => database.JoinAsync("new"))).Message,
            StringComparison.Ordinal
        );
        await using var joined = await database.JoinAsync("old");
        await using var next = await database.JoinAsync("new");
        Assert.Equal(joined.Identity, next.Identity);
    }

    [Fact]
    public async Task Start_FolderOfAnotherSuite_IsRefused()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        using var other = await SharedDatabase.MakeAsync(server);
        await using (var theirs = await other.JoinAsync("a")) { }

        await using var ours = await database.JoinAsync("b");
        var refused = await Assert.ThrowsAsync<StoreStartException>(() =>
            database.JoinAsync("a", options => options.DataDirectory = other.Folder("a"))
        );
        Assert.Contains("is another suite's store", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ExerciseBesideActualData_IsRefused()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var actual = await database.JoinAsync("a");

        var refused = await Assert.ThrowsAsync<StoreStartException>(() => database.JoinAsync("b", options => options.Exercise = true));
        Assert.Contains("holds actual data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderOfOneThatWasKilled_IsNotHeldUpByIt()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using (var before = await database.StartAsync("a"))
        {
            // As it stands when the process is killed: its row is there, and was seen a moment ago.
            await database.MeddleAsync($"create table kept as select * from process");
        }

        await database.MeddleAsync("insert into process select * from kept");
        await using var after = await database.StartAsync("a");
        Assert.Equal(
            [after.Process],
            (await new SuiteProcesses(after, TimeProvider.System).ListAsync(CancellationToken.None)).Select(one => one.Id)
        );
    }

    [Theory]
    [InlineData(true, "name it with --store")]
    [InlineData(false, "nothing may be moved into one")]
    public async Task Start_SharedWithoutAServerOrWithAnArchive_IsRefused(bool file, string words)
    {
        using var database = await SharedDatabase.MakeAsync(server);
        var refused = await Assert.ThrowsAsync<StoreStartException>(() => database.JoinAsync("a", options =>
            {
                options.ConnectionString = file ? null : options.ConnectionString;
                options.ArchiveAfter = file ? null : TimeSpan.FromDays(1);
            }));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static Task<SuiteStore?> TryAsync(Func<Task<SuiteStore>> start) =>
        Task.Run(async () =>
        {
            try
            {
                return await start();
            }
            catch (StoreStartException)
            {
                return null;
            }
        });
}
