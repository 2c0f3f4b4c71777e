using System.Diagnostics;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A process of several that holds a lease and writes a journal, is told to go on with both, and says what came of it.</summary>
internal static class HeldWork
{
    public const string Command = "--held-work";
    public const string Queue = "held";
    public const string Journal = "held";

    /// <summary>Runs it in a child process.</summary>
    public static Process Launch(string folder, string connectionString) =>
        Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "EarlyWarning.Store.Tests"), [Command, folder, connectionString])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    public static async Task<int> RunAsync(string folder, string connectionString)
    {
        await using SuiteStore store = new(
            new()
            {
                DataDirectory = folder,
                ConnectionString = connectionString,
                Shared = true,
                ArchiveAfter = null,
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        SqlDueTimes due = new(store, TimeProvider.System);
        var held = await due.LeaseAsync(Queue, store.Process, TimeSpan.FromDays(1), CancellationToken.None);
        var writer = await new SqlJournals(store, TimeProvider.System).OpenAsync(Journal, CancellationToken.None);
        await writer.AppendAsync(new byte[] { 1 }, CancellationToken.None);
        Console.WriteLine(held ? "held" : "not held");
        await Console.In.ReadLineAsync();

        var lease = await due.LeaseAsync(Queue, store.Process, TimeSpan.FromDays(1), CancellationToken.None) ? "held" : "no longer held";
        var journal = "written";
        try
        {
            await writer.AppendAsync(new byte[] { 2 }, CancellationToken.None);
        }
        catch (FencedException)
        {
            journal = "fenced";
        }

        Console.WriteLine($"lease: {lease}; journal: {journal}");
        return 0;
    }
}
