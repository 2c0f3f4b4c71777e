using System.Text;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Journals;

public sealed class SqliteJournalTests(SqliteFixture store) : JournalTests(store);

public sealed class PostgresJournalTests(PostgresFixture store) : JournalTests(store);

public abstract class JournalTests(RunningStore store)
{
    private readonly string _name = $"test/{Guid.NewGuid():N}";
    private readonly IJournals _journals = store.Journals();

    [Fact]
    public async Task Append_EmptyJournal_IsReadBackInOrderWithoutGaps()
    {
        var writer = await _journals.OpenAsync(_name, CancellationToken.None);
        Assert.Equal(0, writer.Tail);
        await AppendAsync(writer, 300);

        Assert.Equal(300, writer.Tail);
        Assert.Equal(Expected(300), await ReadAsync(0));
        Assert.Equal(Expected(300)[123..], await ReadAsync(123));
        Assert.Empty(await ReadAsync(300));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public async Task Open_JournalOfSomeLength_FindsItsTail(int length)
    {
        await AppendAsync(await _journals.OpenAsync(_name, CancellationToken.None), length);

        Assert.Equal(length, (await _journals.OpenAsync(_name, CancellationToken.None)).Tail);
    }

    [Fact]
    public async Task Append_AfterAnotherHasOpened_IsFenced()
    {
        var earlier = await _journals.OpenAsync(_name, CancellationToken.None);
        await AppendAsync(earlier, 2);
        _ = await _journals.OpenAsync(_name, CancellationToken.None);

        await Assert.ThrowsAsync<FencedException>(() => AppendAsync(earlier, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AppendAsync(earlier, 1));
    }

    [Fact]
    public async Task Append_ManyRivals_AcknowledgesEachPositionToOneOnly()
    {
        List<(long Position, string Payload)> acknowledged = [];
        using SemaphoreSlim turn = new(1);
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async rival =>
                {
                    // One opens at a time, while those before it go on until they notice.
                    await turn.WaitAsync();
                    var writer = await _journals.OpenAsync(_name, CancellationToken.None);
                    var granted = false;
                    try
                    {
                        for (var index = 0; index < 200; index++)
                        {
                            var payload = $"{rival}/{index}";
                            var appended = await writer.AppendAsync(Encoding.UTF8.GetBytes(payload), CancellationToken.None);
                            lock (acknowledged)
                            {
                                acknowledged.Add((appended.Position, payload));
                            }

                            if (index == 3)
                            {
                                granted = true;
                                turn.Release();
                            }
                        }
                    }
                    catch (FencedException)
                    {
                        if (!granted)
                        {
                            turn.Release();
                        }
                    }
                })
        );

        var kept = (await ReadEntriesAsync(0)).ToDictionary(entry => entry.Position, entry => Encoding.UTF8.GetString(entry.Payload.Span));
        Assert.NotEmpty(acknowledged);
        Assert.Equal(acknowledged.Count, acknowledged.Select(item => item.Position).Distinct().Count());
        Assert.All(acknowledged, item => Assert.Equal(item.Payload, kept[item.Position]));
    }

    [Fact]
    public async Task Append_ClockGoesBack_RecordedTimeDoesNot()
    {
        FakeTimeProvider late = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        FakeTimeProvider early = new(new(2026, 5, 1, 11, 0, 0, TimeSpan.Zero));
        var first = await (await store.Journals(late).OpenAsync(_name, CancellationToken.None)).AppendAsync(
            default,
            CancellationToken.None
        );
        var writer = await store.Journals(early).OpenAsync(_name, CancellationToken.None);
        var second = await writer.AppendAsync(default, CancellationToken.None);
        early.SetUtcNow(late.GetUtcNow().AddSeconds(1));
        var third = await writer.AppendAsync(default, CancellationToken.None);

        Assert.Equal(
            [first.RecordedAt, first.RecordedAt, late.GetUtcNow().AddSeconds(1)],
            [first.RecordedAt, second.RecordedAt, third.RecordedAt]
        );
        Assert.Equal(
            [first.RecordedAt, second.RecordedAt, third.RecordedAt],
            (await ReadEntriesAsync(0)).Select(entry => entry.RecordedAt)
        );
    }

    [Fact]
    public async Task Append_LargestPayload_IsReadBackAndOneByteMoreIsRefused()
    {
        var payload = new byte[JournalWriter.MaxPayload];
        new Random(1).NextBytes(payload);
        var writer = await _journals.OpenAsync(_name, CancellationToken.None);
        await writer.AppendAsync(payload, CancellationToken.None);

        Assert.Equal(payload, (await ReadEntriesAsync(0)).Single().Payload.ToArray());
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await writer.AppendAsync(new byte[payload.Length + 1], CancellationToken.None)
        );
        Assert.Equal(2, (await writer.AppendAsync(payload, CancellationToken.None)).Position);
    }

    [Theory]
    [InlineData("a{b")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task Open_NameThatIsNoPath_IsRefused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _journals.OpenAsync(name, CancellationToken.None));

    [Fact]
    public async Task List_Prefix_NamesJournalsWithEntriesSorted()
    {
        foreach (var name in (string[])["b", "a", "c"])
        {
            await AppendAsync(await _journals.OpenAsync($"{_name}/{name}", CancellationToken.None), 1);
        }

        _ = await _journals.OpenAsync($"{_name}/empty", CancellationToken.None);

        Assert.Equal([$"{_name}/a", $"{_name}/b", $"{_name}/c"], await _journals.ListAsync(_name + "/", CancellationToken.None));
        Assert.Contains($"{_name}/a", await _journals.ListAsync("", CancellationToken.None));
    }

    [Fact]
    public async Task Read_DamagedEntry_SaysWhichAndSkipsNothing()
    {
        await AppendAsync(await _journals.OpenAsync(_name, CancellationToken.None), 3);
        await store.Store.CommitAsync(
            new Unit().Add("update journal set entry = $1 where journal = $2 and position = 2", "other"u8.ToArray(), _name),
            CancellationToken.None
        );

        var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync(0));
        Assert.Equal(2, damage.Position);
    }

    [Fact]
    public async Task Read_LostEntry_SaysWhich()
    {
        await AppendAsync(await _journals.OpenAsync(_name, CancellationToken.None), 64);
        await store.Store.CommitAsync(
            new Unit().Add("delete from journal where journal = $1 and position = 9", _name),
            CancellationToken.None
        );

        Assert.Equal(9, (await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync(0))).Position);
    }

    [Fact]
    public async Task Append_WithAUnit_IsAllOrNothing()
    {
        var earlier = await _journals.OpenAsync(_name, CancellationToken.None);
        await earlier.AppendAsync(
            "first"u8.ToArray(),
            new Unit().SetDue("journal-tests", _name, DateTimeOffset.UnixEpoch),
            CancellationToken.None
        );
        _ = await _journals.OpenAsync(_name, CancellationToken.None);

        await Assert.ThrowsAsync<FencedException>(async () =>
            await earlier.AppendAsync("second"u8.ToArray(), new Unit().RemoveDue("journal-tests", _name), CancellationToken.None)
        );

        Assert.Equal(["1:first"], await ReadAsync(0));
        Assert.Contains(await store.DueTimes().DueAsync("journal-tests", DateTimeOffset.UnixEpoch, 1_000, CancellationToken.None), due =>
            due.Member == _name
        );
    }

    [Fact]
    public async Task Read_TrimmedJournal_BeginsWhereItIsTrimmed()
    {
        await AppendAsync(await _journals.OpenAsync(_name, CancellationToken.None), 30);
        await ((IJournalTrimming)_journals).TrimAsync(_name, 20, CancellationToken.None);

        Assert.Equal(Expected(30)[20..], await ReadAsync(0));
        Assert.Equal(Expected(30)[25..], await ReadAsync(25));
        await ((IJournalTrimming)_journals).TrimAsync(_name, 99, CancellationToken.None);
        Assert.Equal(30, (await _journals.OpenAsync(_name, CancellationToken.None)).Tail);
    }

    private static string[] Expected(int count) => [.. Enumerable.Range(1, count).Select(position => $"{position}:payload {position}")];

    private static async Task AppendAsync(JournalWriter writer, int count)
    {
        for (var index = 0; index < count; index++)
        {
            await writer.AppendAsync(Encoding.UTF8.GetBytes($"payload {writer.Tail + 1}"), CancellationToken.None);
        }
    }

    private async Task<string[]> ReadAsync(long after) =>
        [.. (await ReadEntriesAsync(after)).Select(entry => $"{entry.Position}:{Encoding.UTF8.GetString(entry.Payload.Span)}")];

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
