using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Durability;

public sealed class LogLimitTests
{
    [Fact]
    public async Task Commit_AReaderNeverCloses_IsRefusedAtTheLimitAndGoesOnOnceItIsClosed()
    {
        const long Limit = 300L << 20;
        using TemporaryFolder folder = new();
        await using SuiteStore store = new(
            new()
            {
                DataDirectory = folder.Path,
                Ballast = false,
                LargestLog = Limit,
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        await WriteAsync(store, 0);
        var reader = new SqliteConnection($"Data Source={folder.In(SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using (var reading = reader.CreateCommand())
        {
            reading.CommandText = "begin; select count(*) from snapshot;";
            await reading.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (var n = 1; n < 2_000; n++)
            {
                await WriteAsync(store, n);
            }
        });
        Assert.Contains("holds it open for reading", refused.Message, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(folder.In(SqliteDatabase.FileName + "-wal")).Length, Limit, 4 * Limit);

        await reader.DisposeAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await WriteAsync(store, 9_999);
                    return true;
                }
                catch (StoreUnavailableException)
                {
                    return false;
                }
            },
            "the store takes changes again"
        );
        Assert.InRange(new FileInfo(folder.In(SqliteDatabase.FileName + "-wal")).Length, 0, Limit);
    }

    [Fact]
    public async Task Commit_ReadersOfTheSuiteNeverPause_TheLogBeginsAnewAllTheSame()
    {
        const long Limit = 64L << 20;
        using TemporaryFolder folder = new();
        await using SuiteStore store = new(
            new()
            {
                DataDirectory = folder.Path,
                Ballast = false,
                LargestLog = Limit,
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        using CancellationTokenSource enough = new();
        var readers = Enumerable.Range(0, 4).Select(_ => ReadAlwaysAsync(store, enough.Token)).ToArray();

        for (var n = 0; n < 200; n++)
        {
            await WriteAsync(store, n % 20);
        }

        await enough.CancelAsync();
        Assert.All(await Task.WhenAll(readers), times => Assert.True(times > 0));
        Assert.InRange(new FileInfo(folder.In(SqliteDatabase.FileName + "-wal")).Length, 0, Limit);
    }

    /// <summary>
    /// Reads again and again something that takes some hundredths of a second, so that there is always somebody who reads.
    /// </summary>
    private static async Task<int> ReadAlwaysAsync(SuiteStore store, CancellationToken cancellationToken)
    {
        var times = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await store.ReadAsync(
                new(
                    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000) select count(*), (select count(*) "
                        + "from snapshot) from n"
                ),
                row => row.GetInt64(0),
                CancellationToken.None
            );
            times++;
        }

        return times;
    }

    private static Task WriteAsync(SuiteStore store, int number) =>
        store.CommitAsync(
            new Unit().Add(
                "insert into snapshot (journal, position, checksum, state) values ('log', $1, 0, $2) on conflict (journal, position) do "
                    + "update set state = excluded.state",
                (long)number,
                new byte[1 << 20]
            ),
            CancellationToken.None
        );
}
