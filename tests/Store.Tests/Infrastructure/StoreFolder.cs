using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>
/// A data folder, with a PostgreSQL or with the file in it, on which stores are started one after the other, and to whose store things
/// happen.
/// </summary>
internal sealed class StoreFolder(PostgresServer? server = null, string? path = null) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => System.IO.Path.Combine(path ?? _folder.Path, "suite");

    /// <summary>A file of its archive.</summary>
    public string Archived(string file) => System.IO.Path.Combine(Path, ArchiveFolder.Name, file);

    public string Database => System.IO.Path.Combine(Path, SqliteDatabase.FileName);

    /// <summary>Another folder beside it.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_folder.Path, name);

    public async Task<SuiteStore> StartAsync(Action<StoreOptions>? with = null)
    {
        StoreOptions options = new()
        {
            DataDirectory = Path,
            ConnectionString = server?.ConnectionString,
            OperationTimeout = TimeSpan.FromSeconds(2),
            StartPatience = TimeSpan.Zero,
        };
        with?.Invoke(options);
        SuiteStore store = new(options, [], TimeProvider.System, NullLoggerFactory.Instance);
        try
        {
            await store.StartAsync(CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The words with which a start is refused.</summary>
    public async Task<string> RefusedAsync(Action<StoreOptions>? with = null) =>
        (await Assert.ThrowsAsync<StoreStartException>(() => StartAsync(with))).Message;

    /// <summary>Writes to the store as somebody who is not of the suite.</summary>
    public void Meddle(string sql)
    {
        if (server is not null)
        {
            using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
            return;
        }

        using SqliteConnection file = new($"Data Source={Database};Pooling=false;Default Timeout=10");
        file.Open();
        using var statement = file.CreateCommand();
        statement.CommandText = sql;
        statement.ExecuteNonQuery();
    }

    /// <summary>Removes the file and its neighbours, or the tables.</summary>
    public void RemoveStore()
    {
        if (server is not null)
        {
            Meddle("drop schema public cascade; create schema public");
            return;
        }

        foreach (var file in Directory.GetFiles(Path, SqliteDatabase.FileName + "*"))
        {
            File.Delete(file);
        }
    }

    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();
}

internal static class StoreCalls
{
    public static Task AppendAsync(this SuiteStore store, string journal, int count = 1) =>
        Task.Run(async () =>
        {
            var writer = await new SqlJournals(store, TimeProvider.System).OpenAsync(journal, CancellationToken.None);
            for (var entry = 0; entry < count; entry++)
            {
                await writer.AppendAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
            }
        });

    /// <summary>Makes an archiver of the journals whose names begin so, by the clock given.</summary>
    public static JournalArchiver Archiver(this SuiteStore store, string prefix, TimeProvider? time = null) =>
        new(store, [new ArchivedJournals(prefix)], time ?? TimeProvider.System, NullLogger<JournalArchiver>.Instance);

    public static async Task<int> CountAsync(this SuiteStore store, string journal)
    {
        var count = 0;
        await foreach (var _ in new SqlJournals(store, TimeProvider.System).ReadAsync(journal, 0, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    /// <summary>Waits until the store is refused in these words, and asserts that a change is refused in the same.</summary>
    public static async Task RefusesAsync(this SuiteStore store, string words)
    {
        await store.UntilAsync(status => !status.Available && status.Reason.Contains(words, StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            store.CommitAsync(
                new Unit().Add("insert into lease (name, holder, until) values ('refused', 'x', " + "0)"),
                CancellationToken.None
            )
        );
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
