using EarlyWarning.Store.Connection;
using EarlyWarning.Store.Embedded;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class DataFolderTests
{
    private const int TimesMemory = 3;
    private const int Length = 32 * 1024;
    private const int Journals = 8;

    [Fact]
    public void Open_HeldFolder_SaysWhoHoldsIt()
    {
        using TemporaryFolder folder = new();
        using var held = DataFolder.Open(folder.Path);

        var refusal = Assert.Throws<StoreStartException>(() => DataFolder.Open(folder.Path));
        Assert.Contains($"another suite (process {Environment.ProcessId})", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Open_FolderLetGo_IsTakenAgain()
    {
        using TemporaryFolder folder = new();
        DataFolder.Open(folder.Path).Dispose();

        using var again = DataFolder.Open(folder.Path);
        Assert.Equal(folder.Path, again.Path);
    }

    [Fact]
    public void Open_NewerFormat_IsRefusedAndLeftAlone()
    {
        using TemporaryFolder folder = new();
        var file = Path.Combine(folder.Path, "format");
        File.WriteAllText(file, $"{DataFolder.Format + 1}");

        Assert.Contains("newer version", Assert.Throws<StoreStartException>(() => DataFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal($"{DataFolder.Format + 1}", File.ReadAllText(file));
    }

    [Fact]
    public void Open_PathThatIsAFile_IsRefusedWithOneLine()
    {
        using TemporaryFolder folder = new();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<StoreStartException>(() => DataFolder.Open(file));
        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task Start_SecondSuiteOnTheFolder_IsRefused()
    {
        using TemporaryFolder folder = new();
        await using StoreConnection first = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance);
        await first.StartAsync(CancellationToken.None);
        await using StoreConnection second = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance);

        await Assert.ThrowsAsync<StoreStartException>(() => second.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Append_ThreeTimesTheMemory_IsAllThereBeforeAndAfterARestart()
    {
        using TemporaryFolder folder = new();
        StoreOptions options = new() { DataDirectory = folder.Path, MemoryMegabytes = 16, CheckpointMegabytes = 16 };
        const int Count = TimesMemory * 16 * 1024 * 1024 / Length;
        for (var start = 0; start < 2; start++)
        {
            await using StoreConnection store = new(options, NullLoggerFactory.Instance);
            await store.StartAsync(CancellationToken.None);
            await using SegmentMerger merger = new(store, NullLogger<SegmentMerger>.Instance);
            RedisJournals journals = new(store, merger, TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, Journals).Select(async index =>
            {
                if (start == 0)
                {
                    var writer = await journals.OpenAsync($"memory/{index}", CancellationToken.None);
                    for (var position = 1; position <= Count / Journals; position++)
                    {
                        await writer.AppendAsync(Payload(index, position), CancellationToken.None);
                    }
                }

                var read = 0;
                await foreach (var entry in journals.ReadAsync($"memory/{index}", 0, CancellationToken.None))
                {
                    Assert.Equal(Payload(index, ++read), entry.Payload.ToArray());
                }

                Assert.Equal(Count / Journals, read);
            }));
        }
    }

    private static byte[] Payload(int journal, int position)
    {
        var payload = new byte[Length];
        new Random((journal * 100_003) + position).NextBytes(payload);
        return payload;
    }
}
