using System.Diagnostics;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Processes;

/// <summary>What a process holds is its own for as long as it runs, and no longer.</summary>
public sealed class LeaseTests(PostgresFixture server)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Lease_HolderRunsAndThenStopsInGoodOrder_IsItsOwnAndFreeAtOnceAfterwards()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var other = await database.JoinAsync("b");
        await using (var holder = await database.JoinAsync("a"))
        {
            Assert.True(await LeaseAsync(holder));
            Assert.False(await LeaseAsync(other));
            Assert.True(await LeaseAsync(holder));
        }

        Assert.True(await LeaseAsync(other));
    }

    [Fact]
    public async Task Lease_HolderIsSilentForLongerThanOthersWait_IsTakenAndNotGivenBack()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var holder = await database.JoinAsync("a");
        await using var other = await database.JoinAsync("b");
        Assert.True(await LeaseAsync(holder));

        await Eventually.HoldsAsync(
            async () =>
            {
                await database.SilenceAsync(holder);
                return await TryAsync(other);
            },
            "the other has the lease",
            20
        );

        Assert.False(await LeaseAsync(holder));
        Assert.True(await LeaseAsync(other));
    }

    // After an outage of the database nobody has shown himself, and whoever is back first would take everything.
    [Fact]
    public async Task Lease_NobodyCouldShowHimselfForAWhile_StaysWithItsHolder()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var holder = await database.JoinAsync("a");
        await using var other = await database.JoinAsync("b");
        Assert.True(await LeaseAsync(holder));
        await database.MeddleAsync("update process set steady = steady - 600000000");
        for (var look = 0; look < 20; look++)
        {
            await database.MeddleAsync("update process set seen = seen - 200000000");
            Assert.False(await LeaseAsync(other));
        }
    }

    [Fact]
    public async Task Lease_WhoeverAsksHasJustBegun_WaitsUntilItHasSeenTheHoldersSilenceItself()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var holder = await database.JoinAsync("a");
        Assert.True(await LeaseAsync(holder));
        await using var other = await database.JoinAsync("b");
        await database.MeddleAsync($"update process set seen = seen - 60000000 where id = '{holder.Process}'");

        Assert.False(await LeaseAsync(other));
    }

    [Fact]
    public async Task Ended_SomeRunAndSomeDoNot_AreThoseThatDoNot()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var asking = await database.JoinAsync("a");
        await using var running = await database.JoinAsync("b");

        SuiteProcesses processes = new(asking, TimeProvider.System);
        Assert.Equal(["gone"], await processes.EndedAsync([asking.Process, "gone", running.Process], CancellationToken.None));
    }

    // A process that stands still, such as a machine that is suspended, knows nothing of what happens meanwhile.
    [Fact]
    public async Task Stopped_ProcessStandsStillAndComesBack_WritesNothingOfWhatWasTakenOver()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var other = await database.JoinAsync("other");
        using var process = HeldWork.Launch(database.Folder("paused"), database.ConnectionString);
        var told = process.StandardOutput;
        Assert.Equal("held", await told.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.False(await LeaseAsync(other));
        try
        {
            PostgresServer.Signal(process.Id, PostgresServer.Stop);
            var began = Stopwatch.GetTimestamp();
            await Eventually.HoldsAsync(() => TryAsync(other), "the lease of the one that stands still is taken over", 30);
            Assert.InRange(Stopwatch.GetElapsedTime(began), SuiteProcess.EndsAfter - TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
            await other.AppendAsync(HeldWork.Journal);
        }
        finally
        {
            PostgresServer.Signal(process.Id, PostgresServer.GoOn);
        }

        await process.StandardInput.WriteLineAsync("go on");
        Assert.Equal("lease: no longer held; journal: fenced", await told.ReadLineAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await other.CountAsync(HeldWork.Journal));
    }

    /// <summary>A store that is too busy for now gives no lease.</summary>
    private static async Task<bool> TryAsync(SuiteStore store)
    {
        try
        {
            return await LeaseAsync(store);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private static Task<bool> LeaseAsync(SuiteStore store) =>
        new SqlDueTimes(store, TimeProvider.System).LeaseAsync(HeldWork.Queue, store.Process, s_day, CancellationToken.None);
}
