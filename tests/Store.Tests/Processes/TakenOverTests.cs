using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Processes;

/// <summary>What the processes of a suite make of what happens to the store that they share.</summary>
public sealed class TakenOverTests(PostgresFixture server)
{
    [Theory]
    [InlineData("delete from store", "was deleted or emptied")]
    [InlineData("drop schema public cascade; create schema public", "was deleted or emptied")]
    [InlineData("update store set beat = 0", "is behind what it had acknowledged")]
    [InlineData("update process set beat = 0", "is behind what it had acknowledged")]
    [InlineData("update store set identity = 'x', owner = 'y'", "is another suite's store")]
    public async Task Running_StoreIsNotWhatItWas_EachRefusesItAndWhenOneTakesItOverTheOtherEnds(string sql, string words)
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        await BeatenAsync(database, first, second);
        await database.MeddleAsync(sql);

        await first.RefusesAsync(words);
        await second.RefusesAsync(words);
        Assert.False(first.Ended.IsCompleted || second.Ended.IsCompleted);

        await first.ResumeAsync(CancellationToken.None);
        await first.WriteAsync("taken over");
        await second.EndsAsync("taken over by another process of the suite");
        await second.DisposeAsync();
        await using var again = await database.JoinAsync("b");
        Assert.Equal(first.Identity, again.Identity);
        await again.WriteAsync("joined anew");
    }

    [Fact]
    public async Task Running_JournalOfOneWasCutOff_ThatOneRefusesTheStore()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        await first.AppendAsync("journal", 3);
        await database.MeddleAsync("delete from journal where position = 3");

        await first.RefusesAsync("the journal journal ends at 2 and was at 3");
    }

    [Fact]
    public async Task Start_OneTakesOverWhileOthersRun_NobodyOfTheEpochBeforeWritesAnyMore()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var taken = await database.JoinAsync("b", options => options.Resume = true);

        // At once, and not only with the next look.
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => first.WriteAsync("late"));
        Assert.Contains("was taken over by", refused.Message, StringComparison.Ordinal);
        await first.EndsAsync("taken over by another process of the suite");
        await taken.WriteAsync("goes on");
        Assert.Empty(await taken.ReadAsync(new("select 1 from due where member = 'late'"), _ => true, CancellationToken.None));
    }

    [Fact]
    public async Task Start_AloneAfterAllWereSilent_WhoeverComesBackEndsAndWritesNothing()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using (var before = await database.JoinAsync("b")) { }

        await using var first = await database.JoinAsync("a");
        var alone = await SilentWhile(database, first, () => database.StartAsync("b"));
        await using (alone)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => first.WriteAsync("late"));
            await first.EndsAsync("a process that has it for itself");
            await alone.WriteAsync("goes on");
        }
    }

    [Fact]
    public async Task Running_OwnRowWasGivenUp_Ends()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        await database.MeddleAsync($"delete from process where id = '{first.Process}'");

        await first.EndsAsync("no longer has the row of this process");
        await second.WriteAsync("goes on");
        Assert.False(second.Ended.IsCompleted);
    }

    [Fact]
    public async Task Restored_SeveralProcesses_AreQuietUntilOneTakesItOverAndThenAllGoOn()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        using var restored = await SharedDatabase.MakeAsync(server);
        string copy;
        await using (var store = await database.JoinAsync("a"))
        {
            await store.WriteAsync("kept");
            copy = (await store.BackupAsync("copy.db", static _ => { }, CancellationToken.None)).File;
        }

        await using var first = await restored.JoinAsync("a", options => options.RestoreFrom = copy);
        await using var second = await restored.JoinAsync("b");
        Assert.Contains("restored from copy.db", first.Quiet, StringComparison.Ordinal);
        Assert.Contains("restored from copy.db", second.Quiet, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => second.WriteAsync("too early"));
        var all = await new Store.Processes.SuiteProcesses(second, TimeProvider.System).ListAsync(CancellationToken.None);
        Assert.Equal(2, all.Count);

        var identity = await second.ResumeAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => first.Quiet.Length == 0 && first.Status.Available, "the other goes on", 20);
        Assert.Equal(identity, first.Identity);
        await first.WriteAsync("first");
        await second.WriteAsync("second");
        await using (var third = await restored.JoinAsync("c"))
        {
            Assert.Equal("", third.Quiet);
        }

        Assert.False(first.Ended.IsCompleted || second.Ended.IsCompleted);
    }

    /// <summary>Waits until each has come further than at its start.</summary>
    private static Task BeatenAsync(SharedDatabase database, params SuiteStore[] stores) =>
        Eventually.HoldsAsync(
            async () =>
                (await stores[0].ReadAsync(new("select beat from process"), row => row.GetInt64(0), CancellationToken.None)).All(beat =>
                    beat > 1
                ),
            $"each process on {database.ConnectionString} has proved the store",
            20
        );

    /// <summary>A process stands still, as far as others can see, until something has succeeded.</summary>
    private static async Task<SuiteStore> SilentWhile(SharedDatabase database, SuiteStore store, Func<Task<SuiteStore>> succeeds)
    {
        while (true)
        {
            await database.SilenceAsync(store);
            try
            {
                return await succeeds();
            }
            catch (StoreStartException exception) when (exception.Message.Contains("in use by", StringComparison.Ordinal))
            {
                // It has shown itself once more in between.
            }
        }
    }
}
