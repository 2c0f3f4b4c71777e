using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Committing;

public sealed class SqliteCommitterTests(SqliteFixture store) : CommitterTests(store);

public sealed class PostgresCommitterTests(PostgresFixture store) : CommitterTests(store);

public abstract class CommitterTests(RunningStore store)
{
    private readonly string _name = $"unit/{Guid.NewGuid():N}";

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public async Task Commit_PoisonedUnitsInAGroup_FailAloneAndTheOthersAreDurable(int poisoned)
    {
        // What waits behind a job is one group.
        using ManualResetEventSlim gate = new();
        var job = store.Store.RunAsync(_ => gate.Wait(TestContext.Current.CancellationToken));
        var commits = Enumerable
            .Range(0, 40)
            .Select(index =>
                store.Store.CommitAsync(
                    index % 40 < poisoned
                        ? Row(index).Add("insert into lease (name, holder, until) values ($1, $2, $3)", $"{_name}/{index}", null, 0L)
                        : Row(index),
                    CancellationToken.None
                )
            )
            .ToArray();
        gate.Set();
        await job;

        for (var index = 0; index < commits.Length; index++)
        {
            if (index < poisoned)
            {
                await Assert.ThrowsAsync<StoreConflictException>(() => commits[index]);
            }
            else
            {
                await commits[index];
            }
        }

        Assert.Equal(
            Enumerable.Range(poisoned, 40 - poisoned).Select(index => $"{_name}/{index}").Order(StringComparer.Ordinal),
            await RowsAsync()
        );
    }

    [Fact]
    public async Task Commit_DemandThatIsNotMet_DoesNothingAndSaysWhy()
    {
        var unit = Row(1).Require(() => new FencedException("mine"), "update lease set until = 1 where name = $1", $"{_name}/other");

        await Assert.ThrowsAsync<FencedException>(() => store.Store.CommitAsync(unit, CancellationToken.None));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Commit_WrongStatement_IsAFaultOfTheUnit()
    {
        await Assert.ThrowsAsync<StoreConflictException>(() =>
            store.Store.CommitAsync(Row(1).Add("insert into nowhere values (1)"), CancellationToken.None)
        );
        await store.Store.CommitAsync(Row(2), CancellationToken.None);
        Assert.Equal([$"{_name}/2"], await RowsAsync());
    }

    [Fact]
    public async Task Commit_ManyAtOnce_SharesTransactions()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(index => store.Store.CommitAsync(Row(index), CancellationToken.None)));

        Assert.Equal(2_000, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Commit_CancelledWhileItWaits_DoesNothing()
    {
        using ManualResetEventSlim gate = new();
        using CancellationTokenSource cancelled = new();
        var job = store.Store.RunAsync(_ => gate.Wait(TestContext.Current.CancellationToken));
        var commit = store.Store.CommitAsync(Row(1), cancelled.Token);
        await cancelled.CancelAsync();
        gate.Set();
        await job;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Read_Nulls_Texts_Bytes_AreWhatWasWritten()
    {
        await store.Store.CommitAsync(
            new Unit().Add(
                "insert into snapshot (journal, position, checksum, state) values ($1, $2, $3, $4)",
                _name,
                long.MaxValue,
                long.MinValue,
                new byte[] { 0, 255 }
            ),
            CancellationToken.None
        );

        var row = Assert.Single(
            await store.Store.ReadAsync(
                new("select position, checksum, state from snapshot where journal = $1", _name),
                row => (row.GetInt64(0), row.GetInt64(1), (byte[])row.GetValue(2)),
                CancellationToken.None
            )
        );
        Assert.Equal((long.MaxValue, long.MinValue), (row.Item1, row.Item2));
        Assert.Equal([0, 255], row.Item3);
    }

    private Unit Row(int index) =>
        new Unit().Add("insert into lease (name, holder, until) values ($1, $2, $3)", $"{_name}/{index}", "holder", 0L);

    private async Task<List<string>> RowsAsync() =>
        [
            .. (
                await store.Store.ReadAsync(
                    new("select name from lease where name like $1", _name + "/%"),
                    row => row.GetString(0),
                    CancellationToken.None
                )
            ).Order(StringComparer.Ordinal),
        ];
}
