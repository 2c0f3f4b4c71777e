using System.Diagnostics;
using System.Globalization;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>
/// Appends to several journals of a store at once, with snapshots, and moves into the archive what may be moved where that is asked for,
/// until it is killed, and says on its standard output what was acknowledged.
/// </summary>
internal static class Workload
{
    public const string Command = "--workload";
    public const string Archives = "--archives";
    public const int JournalCount = 6;
    private const int SnapshotEvery = 40;

    public static string Journal(int index) => $"workload/{index}";

    public static byte[] Payload(int journal, long position)
    {
        Random random = new((int)((journal * 1_000_003) + position));
        var payload = new byte[random.Next(1, 64 * 1024)];
        random.NextBytes(payload);
        return payload;
    }

    public static async Task<int> RunAsync(string folder, bool archives)
    {
        await using SuiteStore store = new(
            new() { DataDirectory = folder, ArchiveAfter = TimeSpan.FromTicks(1) },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        var archiving = archives ? ArchiveAsync(store) : Task.CompletedTask;
        SqlJournals journals = new(store, TimeProvider.System);
        var acknowledged = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(
            Enumerable
                .Range(0, JournalCount)
                .Select(async index =>
                {
                    var writer = await journals.OpenAsync(Journal(index), CancellationToken.None);
                    while (true)
                    {
                        var appended = await writer.AppendAsync(Payload(index, writer.Tail + 1), CancellationToken.None);
                        acknowledged.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index} {appended.Position}"));
                        if (appended.Position % SnapshotEvery == 0)
                        {
                            await journals.WriteSnapshotAsync(
                                writer.Journal,
                                appended.Position,
                                Payload(index, -appended.Position),
                                CancellationToken.None
                            );
                        }
                    }
                })
                .Append(archiving)
        );
        return 0;
    }

    private static async Task ArchiveAsync(SuiteStore store)
    {
        while (true)
        {
            await store.Archiver("workload/").RoundAsync(CancellationToken.None);
            await Task.Yield();
        }
    }

    /// <summary>Runs it in a child process.</summary>
    public static Process Launch(string folder, string? crashAt = null, bool archives = false)
    {
        string[] arguments = archives ? [Command, folder, Archives] : [Command, folder];
        var self = Path.Combine(AppContext.BaseDirectory, "EarlyWarning.Store.Tests");
        ProcessStartInfo start = new(self, arguments) { RedirectStandardOutput = true };
        start.Environment["EW_CRASH_AT"] = crashAt;
        return Process.Start(start)!;
    }

    /// <summary>
    /// Runs it in a child process until it has acknowledged so much, or has ended by itself, and adds what it acknowledged.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAndKillAsync(
        string folder,
        int appends,
        Dictionary<int, long> acknowledged,
        string? crashAt = null,
        bool archives = false
    )
    {
        using var process = Launch(folder, crashAt, archives);
        var count = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (
                line.Split(' ') is [var journal, var position]
                && int.TryParse(journal, CultureInfo.InvariantCulture, out var index)
                && long.TryParse(position, CultureInfo.InvariantCulture, out var last)
            )
            {
                acknowledged[index] = last;
            }

            if (++count == appends)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>
    /// Opens the folder and asserts that everything acknowledged is there, and at most one append of each journal beyond it.
    /// </summary>
    public static async Task CompareAsync(string folder, Dictionary<int, long> acknowledged)
    {
        await using SuiteStore store = new(new() { DataDirectory = folder }, [], TimeProvider.System, NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        SqlJournals journals = new(store, TimeProvider.System);
        foreach (var (index, last) in acknowledged)
        {
            var name = Journal(index);
            long position = 0;
            await foreach (var entry in journals.ReadAsync(name, 0, CancellationToken.None))
            {
                Assert.Equal(++position, entry.Position);
                Assert.Equal(Payload(index, position), entry.Payload.ToArray());
            }

            // One append may have been under way when the process was killed.
            Assert.InRange(position, last, last + 1);
            Assert.Equal(position, (await journals.OpenAsync(name, CancellationToken.None)).Tail);
            if (await journals.ReadSnapshotAsync(name, long.MaxValue, CancellationToken.None) is { } snapshot)
            {
                Assert.InRange(snapshot.Position, 1, position);
                Assert.Equal(Payload(index, -snapshot.Position), snapshot.Payload.ToArray());
            }
        }
    }
}
