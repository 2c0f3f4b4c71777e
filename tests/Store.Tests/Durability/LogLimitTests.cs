using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
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
            new() { DataDirectory = folder.Path, Ballast = false, LargestLog = Limit }, [], TimeProvider.System, NullLoggerFactory.Instance);
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
            "the store takes changes again");
        Assert.InRange(new FileInfo(folder.In(SqliteDatabase.FileName + "-wal")).Length, 0, Limit);
    }

    private static Task WriteAsync(SuiteStore store, int number) => store.CommitAsync(
        new Unit().Add(
            "insert into snapshot (journal, position, checksum, state) values ('log', $1, 0, $2) on conflict (journal, position) do update set state = excluded.state",
            (long)number, new byte[1 << 20]),
        CancellationToken.None);
}
