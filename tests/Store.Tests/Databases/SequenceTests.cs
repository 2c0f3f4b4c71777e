using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Tests.Infrastructure;
using Npgsql;

namespace EarlyWarning.Store.Tests.Databases;

/// <summary>Readers that go by a sequence, beside writers of other processes that take their number and commit later.</summary>
public sealed class SequenceTests(PostgresFixture store)
{
    private const int Writers = 20;
    private const int Each = 15;

    [Fact]
    public async Task Read_BesideWritersThatPauseBeforeTheyCommit_SkipsNothing()
    {
        var table = $"sequence_{Guid.NewGuid():N}";
        await store.Store.RunAsync(session =>
            session.Execute(new($"create table {table} (seq bigint generated always as identity primary key)"))
        );
        var statements = new Unit()
            .Lock(table)
            .Add($"insert into {table} default values")
            .Statements.Select(statement => statement.Sql)
            .ToArray();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(statements))));

        List<long> read = [];
        while (!writing.IsCompleted || read.Count < Writers * Each)
        {
            read.AddRange(
                await store.Store.ReadAsync(
                    new($"select seq from {table} where seq > $1 order by seq", read.Count == 0 ? 0 : read[^1]),
                    row => row.GetInt64(0),
                    CancellationToken.None
                )
            );
            if (writing.IsCompleted && read.Count < Writers * Each && await CountAsync(table) == Writers * Each)
            {
                // All are there, and a last look must find what is left.
                Assert.NotEmpty(await LeftAsync(table, read));
            }
        }

        await writing;
        Assert.Equal(Writers * Each, read.Count);
        Assert.Equal(read.Order(), read);
    }

    private async Task WriteAsync(string[] statements)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        for (var n = 0; n < Each; n++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var sql in (string[])[.. statements, "select pg_sleep(random() * 0.01)"])
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }

    private Task<IReadOnlyList<long>> LeftAsync(string table, List<long> read) =>
        store.Store.ReadAsync(
            new($"select seq from {table} where seq > $1", read.Count == 0 ? 0 : read[^1]),
            row => row.GetInt64(0),
            CancellationToken.None
        );

    private async Task<long> CountAsync(string table) =>
        (await store.Store.ReadAsync(new($"select count(*) from {table}"), row => row.GetInt64(0), CancellationToken.None))[0];
}
