using System.Runtime.InteropServices;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

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
    public async Task Start_PasswordIsWrongOrNobodyListens_IsRefusedInWords()
    {
        await using var server = await PostgresServer.StartAsync();
        using TemporaryFolder folder = new();
        var wrong = await Assert.ThrowsAsync<StoreStartException>(() =>
            StartAsync(server.ConnectionString.Replace("secret", "guess", StringComparison.Ordinal), folder)
        );
        Assert.Contains("refuses the login", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", wrong.Message, StringComparison.Ordinal);
        await server.StopAsync();
        var gone = await Assert.ThrowsAsync<StoreStartException>(() => StartAsync(server, folder));
        Assert.Contains("cannot be reached", gone.Message, StringComparison.Ordinal);
        await server.RestartAsync();
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
        SuiteStore store = new(
            new()
            {
                DataDirectory = folder.Path,
                ConnectionString = connection,
                OperationTimeout = TimeSpan.FromSeconds(1),
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
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
}
