using System.Runtime.InteropServices;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EarlyWarning.Store.Tests.Databases;

/// <summary>A server of its own, to which everything happens.</summary>
public sealed class PostgresFaultTests
{
    private const int Stop = 19;
    private const int Continue = 18;

    [Fact]
    public async Task Append_ServerIsKilledAgainAndAgain_LosesNothingAndCountsNothingTwice()
    {
        await using var server = await PostgresServer.StartAsync();
        using TemporaryFolder folder = new();
        await using var store = await StartAsync(server, folder);
        var journals = new SqlJournals(store, TimeProvider.System);
        using CancellationTokenSource stop = new();
        var writers = Enumerable.Range(0, 8).Select(index => Task.Run(() => WriteAsync(journals, $"kill/{index}", stop.Token))).ToArray();
        for (var kill = 0; kill < 3; kill++)
        {
            await store.UntilAsync(status => status.Available);
            await server.KillAsync();
            await store.UntilAsync(status => !status.Available);
            await server.RestartAsync();
        }

        await store.UntilAsync(status => status.Available);
        await stop.CancelAsync();
        for (var index = 0; index < writers.Length; index++)
        {
            var acknowledged = await writers[index];
            List<string> found = [];
            await foreach (var entry in journals.ReadAsync($"kill/{index}", 0, CancellationToken.None))
            {
                found.Add(System.Text.Encoding.UTF8.GetString(entry.Payload.Span));
            }

            Assert.NotEmpty(acknowledged);
            Assert.Empty(acknowledged.Except(found));
            Assert.Equal(found.Count, found.Distinct().Count());
        }
    }

    [Fact]
    public async Task Commit_ServerStandsStill_IsUnavailableAndGoesOnByItself()
    {
        await using var server = await PostgresServer.StartAsync();
        using TemporaryFolder folder = new();
        await using var store = await StartAsync(server, folder);
        server.Signal((PosixSignal)Stop);
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Row("paused"), CancellationToken.None));
            await Assert.ThrowsAsync<StoreUnavailableException>(() =>
                store.ReadAsync(new("select name from lease"), row => row.GetString(0), CancellationToken.None)
            );
            await store.UntilAsync(status => !status.Available);
        }
        finally
        {
            server.Signal((PosixSignal)Continue);
        }

        await store.UntilAsync(status => status.Available);
        await store.CommitAsync(Row("after"), CancellationToken.None);
    }

    [Fact]
    public async Task Start_PasswordIsWrongOrThereIsNoSuchDatabase_IsRefusedAtOnceInWords()
    {
        await using var server = await PostgresServer.StartAsync();
        using TemporaryFolder folder = new();
        var wrong = await RefusalAsync(server.ConnectionString.Replace("secret", "guess", StringComparison.Ordinal), folder);
        Assert.Contains("refuses the login", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", wrong, StringComparison.Ordinal);
        var none = await RefusalAsync(server.ConnectionString.Replace("=postgres;U", "=nowhere;U", StringComparison.Ordinal), folder);
        Assert.Contains("Create the database, or name another one", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServerIsAwayFullOrReadOnly_WaitsSaysWhyAndGoesOn()
    {
        await using var server = await PostgresServer.StartAsync();
        using TemporaryFolder folder = new();
        await RunAsync(server, "alter database postgres set default_transaction_read_only = on");
        await server.StopAsync();
        await using var store = Store(server.ConnectionString, folder);
        var start = store.StartAsync(CancellationToken.None);

        await WaitsAsync(store, start, "cannot be reached");
        await server.RestartAsync(connections: 6);
        await WaitsAsync(store, start, "takes no writes");
        List<NpgsqlConnection> others = [];
        while (!store.Status.Reason.Contains("too many clients", StringComparison.Ordinal))
        {
            await FillAsync(server, others);
        }

        await WaitsAsync(store, start, "too many clients");
        others.ForEach(one => one.Dispose());
        await RunAsync(server, "alter database postgres reset default_transaction_read_only");
        await start.WaitAsync(Eventually.Patience);
        await store.CommitAsync(Row("it goes on"), CancellationToken.None);
        Assert.True(store.Status.Available, store.Status.Reason);
    }

    [Fact]
    public async Task Start_ServerStaysAway_EndsWhenItsPatienceIsOver()
    {
        using TemporaryFolder folder = new();
        await using var store = Store(PostgresServer.ConnectionThrough(1), folder, TimeSpan.FromMilliseconds(300));

        var gone = await Assert.ThrowsAsync<StoreStartException>(() => store.StartAsync(CancellationToken.None));

        Assert.Contains("cannot be reached", gone.Message, StringComparison.Ordinal);
    }

    private static async Task WaitsAsync(SuiteStore store, Task start, string why)
    {
        await Eventually.HoldsAsync(
            () => start.IsCompleted || store.Status.Reason.Contains(why, StringComparison.Ordinal),
            $"the start waits because the server {why}",
            seen: () => store.Status.Reason
        );
        Assert.False(start.IsCompleted, $"{start.Exception}");
        Assert.False(store.Status.Available);
    }

    private static async Task<string> RefusalAsync(string connection, TemporaryFolder folder)
    {
        await using var store = Store(connection, folder);
        return (await Assert.ThrowsAsync<StoreStartException>(() => store.StartAsync(CancellationToken.None))).Message;
    }

    /// <summary>Takes connections until the server has no more.</summary>
    private static async Task FillAsync(PostgresServer server, List<NpgsqlConnection> others)
    {
        NpgsqlConnection one = new($"{server.ConnectionString};Pooling=false");
        try
        {
            await one.OpenAsync();
            others.Add(one);
        }
        catch (PostgresException)
        {
            await one.DisposeAsync();
        }
    }

    private static async Task RunAsync(PostgresServer server, string sql)
    {
        for (var done = false; !done; )
        {
            try
            {
                await using NpgsqlConnection connection = new(
                    $"{server.ConnectionString};Pooling=false;Options=-c default_transaction_read_only=off"
                );
                await connection.OpenAsync();
                await using NpgsqlCommand command = new(sql, connection);
                await command.ExecuteNonQueryAsync();
                done = true;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                // Those that were closed have not all ended yet.
            }
        }
    }

    /// <summary>Appends until it is told to stop, and says what was acknowledged. What was refused is never sent again.</summary>
    private static async Task<List<string>> WriteAsync(SqlJournals journals, string journal, CancellationToken stop)
    {
        List<string> acknowledged = [];
        JournalWriter? writer = null;
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            try
            {
                writer ??= await journals.OpenAsync(journal, CancellationToken.None);
                var text = $"{number}";
                await writer.AppendAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None);
                acknowledged.Add(text);
            }
            catch (StoreUnavailableException)
            {
                writer = null;
                await Task.Yield();
            }
        }

        return acknowledged;
    }

    private static Unit Row(string name) =>
        new Unit().Add("insert into lease (name, holder, until) values ($1, $2, $3)", name, "holder", 0L);

    private static Task<SuiteStore> StartAsync(PostgresServer server, TemporaryFolder folder) =>
        StartAsync(server.ConnectionString, folder);

    private static async Task<SuiteStore> StartAsync(string connection, TemporaryFolder folder)
    {
        var store = Store(connection, folder);
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

    private static SuiteStore Store(string connection, TemporaryFolder folder, TimeSpan? patience = null) =>
        new(
            new()
            {
                DataDirectory = folder.Path,
                ConnectionString = connection,
                OperationTimeout = TimeSpan.FromSeconds(1),
                StartPatience = patience ?? TimeSpan.FromMinutes(2),
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
}
