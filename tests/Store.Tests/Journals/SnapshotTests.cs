using System.Text;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using StackExchange.Redis;

namespace EarlyWarning.Store.Tests.Journals;

public sealed class EmbeddedSnapshotTests(EmbeddedFixture store) : SnapshotTests(store);

public sealed class OutsideSnapshotTests(OutsideFixture store) : SnapshotTests(store);

public abstract class SnapshotTests(RunningStore store)
{
    private readonly string _name = $"test/{Guid.NewGuid():N}";
    private readonly IJournals _journals = store.Journals();

    private IDatabase Database => store.Connection.Database;

    [Fact]
    public async Task ReadSnapshot_Several_IsTheNewestAtOrBefore()
    {
        await AppendAsync(30, 10);
        foreach (var position in (long[])[10, 20, 30])
        {
            await _journals.WriteSnapshotAsync(_name, position, Encoding.UTF8.GetBytes($"state {position}"), CancellationToken.None);
        }

        Assert.Null(await _journals.ReadSnapshotAsync(_name, 9, CancellationToken.None));
        Assert.Equal("10 state 10", await ReadSnapshotAsync(19));
        Assert.Equal("20 state 20", await ReadSnapshotAsync(20));
        Assert.Equal("30 state 30", await ReadSnapshotAsync(long.MaxValue));
    }

    [Fact]
    public async Task WriteSnapshot_MoreThanAreKept_RemovesTheOldest()
    {
        await AppendAsync(8, 10);
        for (var position = 1; position <= 8; position++)
        {
            await _journals.WriteSnapshotAsync(_name, position, Encoding.UTF8.GetBytes($"state {position}"), CancellationToken.None);
        }

        Assert.Null(await _journals.ReadSnapshotAsync(_name, 8 - store.Connection.Options.SnapshotsKept, CancellationToken.None));
        Assert.Equal("5 state 5", await ReadSnapshotAsync(5));
        Assert.False(await Database.KeyExistsAsync(new JournalKeys(_name).Snapshot(4, 0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((512 * 1024) - 16)]
    [InlineData(3_000_000)]
    public async Task WriteSnapshot_AnyLength_IsReadBackWhole(int length)
    {
        await AppendAsync(1, 10);
        var payload = new byte[length];
        new Random(2).NextBytes(payload);
        await _journals.WriteSnapshotAsync(_name, 1, payload, CancellationToken.None);

        Assert.Equal(payload, (await _journals.ReadSnapshotAsync(_name, 1, CancellationToken.None))!.Value.Payload.ToArray());
    }

    [Fact]
    public async Task ReadSnapshot_NewestIsDamaged_IsTheOneBefore()
    {
        await AppendAsync(2, 10);
        await _journals.WriteSnapshotAsync(_name, 1, "one"u8.ToArray(), CancellationToken.None);
        await _journals.WriteSnapshotAsync(_name, 2, "two"u8.ToArray(), CancellationToken.None);
        await Database.StringSetRangeAsync(new JournalKeys(_name).Snapshot(2, 0), 16, "T");

        Assert.Equal("1 one", await ReadSnapshotAsync(2));
    }

    [Fact]
    public async Task WriteSnapshot_ManyEntries_MergesThemIntoSegmentsAndKeepsThemReadable()
    {
        var expected = await AppendAsync(90, 20_000);
        await _journals.WriteSnapshotAsync(_name, 85, "state"u8.ToArray(), CancellationToken.None);
        await store.MergedAsync();

        JournalKeys keys = new(_name);
        var segments = await Database.SortedSetRangeByRankWithScoresAsync(keys.Segments);
        Assert.Equal(3, segments.Length);
        Assert.All(segments, segment => Assert.InRange(Database.StringLength(keys.Segment((long)segment.Element)), 1, SegmentMerger.SegmentBytes));
        var merged = (long)segments[^1].Score;
        Assert.InRange(merged, 50, 85);
        Assert.False(await Database.KeyExistsAsync([.. Enumerable.Range(1, (int)merged).Select(position => keys.Entry(position))]) > 0);
        Assert.Equal(expected, await ReadAsync(0));
        Assert.Equal(expected[70..], await ReadAsync(70));
        Assert.Equal(90, (await _journals.OpenAsync(_name, CancellationToken.None)).Tail);
        Assert.Equal([_name], await _journals.ListAsync(_name, CancellationToken.None));
    }

    [Fact]
    public async Task Open_EverythingIsMerged_FindsTailAndTime()
    {
        await AppendAsync(1, 900_000);
        await AppendAsync(1, 900_000);
        await _journals.WriteSnapshotAsync(_name, 2, "state"u8.ToArray(), CancellationToken.None);
        await store.MergedAsync();
        var last = (await ReadEntriesAsync(0))[^1];
        await Database.KeyDeleteAsync(new JournalKeys(_name).Hint);

        var writer = await _journals.OpenAsync(_name, CancellationToken.None);
        Assert.Equal(2, writer.Tail);
        Assert.True((await writer.AppendAsync(default, CancellationToken.None)).RecordedAt >= last.RecordedAt);
        Assert.Equal(3, (await ReadEntriesAsync(0)).Count);
    }

    [Fact]
    public async Task Merge_CutShortBeforeTheListing_IsFinishedByTheNext()
    {
        var expected = await AppendAsync(70, 20_000);
        JournalKeys keys = new(_name);

        // As if a merger had been killed after it wrote its first segment, a shorter one than this merge would write.
        List<byte> segment = [];
        for (var position = 1; position <= 4; position++)
        {
            segment.AddRange((byte[])(await Database.StringGetAsync(keys.Entry(position)))!);
        }

        await Database.StringSetAsync(keys.Segment(1), segment.ToArray());
        Assert.Equal(expected, await ReadAsync(0));
        foreach (var position in (long[])[65, 70])
        {
            await _journals.WriteSnapshotAsync(_name, position, "state"u8.ToArray(), CancellationToken.None);
            await store.MergedAsync();
            Assert.Equal(expected, await ReadAsync(0));
        }

        Assert.Equal(4, (await Database.SortedSetRangeByRankWithScoresAsync(keys.Segments))[0].Score);
        Assert.Equal(0, await Database.KeyExistsAsync([.. Enumerable.Range(1, 30).Select(position => keys.Entry(position))]));
    }

    [Fact]
    public async Task Merge_CutShortBeforeTheDeletion_IsFinishedByTheNext()
    {
        var expected = await AppendAsync(40, 20_000);
        JournalKeys keys = new(_name);
        var first = await Database.StringGetAsync(keys.Entry(1));
        await _journals.WriteSnapshotAsync(_name, 40, "state"u8.ToArray(), CancellationToken.None);
        await store.MergedAsync();
        await Database.StringSetAsync(keys.Entry(1), first);
        await Database.KeyDeleteAsync(keys.Cleaned);
        Assert.Equal(expected, await ReadAsync(0));

        await _journals.WriteSnapshotAsync(_name, 40, "state"u8.ToArray(), CancellationToken.None);
        await store.MergedAsync();
        Assert.False(await Database.KeyExistsAsync(keys.Entry(1)));
        Assert.Equal(expected, await ReadAsync(0));
    }

    [Fact]
    public async Task Append_OverPositionsMergedMeanwhile_IsFenced()
    {
        var late = await _journals.OpenAsync(_name, CancellationToken.None);
        var expected = await AppendAsync(40, 20_000);
        await _journals.WriteSnapshotAsync(_name, 40, "state"u8.ToArray(), CancellationToken.None);
        await store.MergedAsync();

        // Its position's key is free again, because a segment holds that entry now.
        await Assert.ThrowsAsync<FencedException>(async () => await late.AppendAsync("late"u8.ToArray(), CancellationToken.None));
        Assert.Equal(expected, await ReadAsync(0));
    }

    [Fact]
    public async Task Read_WhileMerging_SeesEveryEntry()
    {
        var expected = await AppendAsync(90, 20_000);
        await _journals.WriteSnapshotAsync(_name, 30, "state"u8.ToArray(), CancellationToken.None);
        for (var position = 30; position <= 90; position += 15)
        {
            var merging = store.MergedAsync();
            Assert.Equal(expected, await ReadAsync(0));
            await _journals.WriteSnapshotAsync(_name, position, "state"u8.ToArray(), CancellationToken.None);
            Assert.Equal(expected, await ReadAsync(0));
            await merging;
        }

        await store.MergedAsync();
        Assert.Equal(expected, await ReadAsync(0));
    }

    [Fact]
    public async Task Open_WhileMerging_FindsItsTail()
    {
        for (var tail = 30; tail <= 600; tail += 30)
        {
            await AppendAsync(30, 20_000);
            await _journals.WriteSnapshotAsync(_name, tail, "state"u8.ToArray(), CancellationToken.None);
            var merging = store.MergedAsync();
            do
            {
                Assert.Equal(tail, (await _journals.OpenAsync(_name, CancellationToken.None)).Tail);
            }
            while (!merging.IsCompleted);
            await merging;
        }
    }

    private async Task<string[]> AppendAsync(int count, int length)
    {
        var writer = await _journals.OpenAsync(_name, CancellationToken.None);
        List<string> written = [];
        for (var index = 0; index < count; index++)
        {
            var text = $"{writer.Tail + 1}".PadRight(length, 'x');
            await writer.AppendAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
            written.Add(text);
        }

        return [.. written];
    }

    private async Task<string?> ReadSnapshotAsync(long position) =>
        await _journals.ReadSnapshotAsync(_name, position, CancellationToken.None) is { } snapshot
            ? $"{snapshot.Position} {Encoding.UTF8.GetString(snapshot.Payload.Span)}"
            : null;

    private async Task<string[]> ReadAsync(long after) => [.. (await ReadEntriesAsync(after)).Select(entry => Encoding.UTF8.GetString(entry.Payload.Span))];

    private async Task<List<JournalEntry>> ReadEntriesAsync(long after)
    {
        List<JournalEntry> entries = [];
        await foreach (var entry in _journals.ReadAsync(_name, after, CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
