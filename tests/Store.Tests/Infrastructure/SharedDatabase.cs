using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>An empty database of its own on the server that tests share, and a folder for each process that is started on it.</summary>
internal sealed class SharedDatabase : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _connection;

    private SharedDatabase(string connection) => _connection = connection;

    public string ConnectionString => _connection;

    public static async Task<SharedDatabase> MakeAsync(PostgresFixture server)
    {
        var name = $"shared_{Guid.NewGuid():N}";
        await RunAsync(server.ConnectionString, $"create database {name}");
        return new(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString);
    }

    /// <summary>The folder of one process.</summary>
    public string Folder(string process) => Path.Combine(_folder.Path, process);

    /// <summary>A file beside the folders.</summary>
    public string Beside(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Starts a process's store, one of several.</summary>
    public Task<SuiteStore> JoinAsync(string process, Action<StoreOptions>? with = null) => StartAsync(process, options =>
        {
            (options.Shared, options.ArchiveAfter) = (true, null);
            (options.Services, options.Peer, options.Version) = ([process, "more"], $"127.0.0.1:{process.Length}", "1.2.3");
            with?.Invoke(options);
        });

    /// <summary>Starts a process's store, by default as one that has it for itself.</summary>
    public async Task<SuiteStore> StartAsync(string process, Action<StoreOptions>? with = null)
    {
        StoreOptions options = new()
        {
            DataDirectory = Folder(process),
            ConnectionString = _connection,

            // Who is refused says so at once, unless a test is of the wait.
            StartPatience = TimeSpan.Zero,
        };
        with?.Invoke(options);
        SuiteStore store = new(options, [], TimeProvider.System, NullLoggerFactory.Instance);
        try
        {
            await store.StartAsync(CancellationToken.None);
            await FirstReadAsync(store);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The first connection for reading takes longer than others, which on a loaded machine may be longer than a reader waits.
    /// </summary>
    private static async Task FirstReadAsync(SuiteStore store)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.ReadAsync(new("select 1"), static _ => true, CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException) when (attempt < 20)
            {
                // It is opened once more.
            }
        }
    }

    /// <summary>Writes as somebody who is not of the suite.</summary>
    public Task MeddleAsync(string sql) => RunAsync(_connection, sql);

    /// <summary>Makes of the rows what they are when nothing was heard of one process for a while, and the others went on.</summary>
    public Task SilenceAsync(SuiteStore store) =>
        MeddleAsync(
            $"update process set seen = case when id = '{store.Process}' then seen - 60000000 else seen end, steady = steady - 60000000"
        );

    public void Dispose() => _folder.Dispose();

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

internal static class SharedCalls
{
    /// <summary>A write that any process may do.</summary>
    public static Task WriteAsync(this SuiteStore store, string name) =>
        store.CommitAsync(
            new Unit().Add("insert into due (queue, member, at) values ('shared', $1, 0) on conflict (queue, member) do nothing", name),
            CancellationToken.None
        );

    /// <summary>Waits for the reason with which a process ends.</summary>
    public static async Task EndsAsync(this SuiteStore store, string words)
    {
        Assert.Contains(words, await store.Ended.WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync("after the end"));
    }
}
