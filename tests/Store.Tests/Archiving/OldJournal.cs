using System.Text;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Archiving;

/// <summary>
/// A journal of three years, an entry each ten days from the first of January 2020 on, with a snapshot where a test wants one, and an
/// archiver whose clock stands on the first of January 2024.
/// </summary>
internal sealed class OldJournal
{
    public const int Entries = 110;

    /// <summary>The last entry that is older than the age: it was recorded on the 26th of November 2022.</summary>
    public const int LastOld = 107;
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(s_start);

    private OldJournal(SuiteStore store, string name, int size) =>
        (Store, Name, Size, Journals, Archiver) = (
            store,
            name,
            size,
            new SqlJournals(store, _clock),
            store.Archiver(name, At(s_start.AddYears(4)))
        );

    public SuiteStore Store { get; }

    public string Name { get; }

    public int Size { get; }

    public SqlJournals Journals { get; }

    public JournalArchiver Archiver { get; }

    public JournalWriter Writer { get; private set; } = null!;

    /// <summary>A clock that goes on from a moment.</summary>
    public static MovedTime At(DateTimeOffset moment) => new(TimeProvider.System) { Moved = moment - DateTimeOffset.UtcNow };

    public static async Task<OldJournal> WriteAsync(SuiteStore store, string? name = null, long? snapshot = Entries, int size = 20)
    {
        OldJournal journal = new(store, name ?? $"old/{Guid.NewGuid():N}", size);
        journal.Writer = await journal.Journals.OpenAsync(journal.Name, CancellationToken.None);
        for (var entry = 0; entry < Entries; entry++)
        {
            await journal.AppendAsync();
            journal._clock.Advance(TimeSpan.FromDays(10));
        }

        if (snapshot is { } position)
        {
            await journal.Journals.WriteSnapshotAsync(journal.Name, position, new byte[] { 1 }, CancellationToken.None);
        }

        return journal;
    }

    public async Task AppendAsync() => await Writer.AppendAsync(Payload(Writer.Tail + 1), CancellationToken.None);

    public Task ArchiveAsync() => Archiver.RoundAsync(CancellationToken.None);

    /// <summary>Asserts that all of it is read, however it is asked for.</summary>
    public async Task AssertWholeAsync(int count = Entries)
    {
        Assert.Equal(Expected(1, count), await ReadAsync(0));
        Assert.Equal(Expected(51, count), await ReadAsync(50));
        Assert.Equal(Expected(31, 80), await ReadAsync(30, 80));
        Assert.Empty(await ReadAsync(count));
        var single = await Journals.ReadAtAsync(Name, [1, 36, 37, 74, 75, count, count + 1], CancellationToken.None);
        Assert.Equal([1, 36, 37, 74, 75, count], single.Select(entry => entry.Position));
        Assert.All(single, entry => Assert.Equal(Payload(entry.Position), entry.Payload.ToArray()));
        Assert.Equal(count, (await Journals.OpenAsync(Name, CancellationToken.None)).Tail);
    }

    public async Task<string[]> ReadAsync(long after, long last = long.MaxValue)
    {
        List<string> read = [];
        await foreach (var entry in Journals.ReadAsync(Name, after, last, CancellationToken.None))
        {
            Assert.Equal(s_start.AddDays(10 * (entry.Position - 1)), entry.RecordedAt);
            read.Add(Encoding.UTF8.GetString(entry.Payload.Span[..20]));
        }

        return [.. read];
    }

    public string[] Expected(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(position => Encoding.UTF8.GetString(Payload(position)[..20]))];

    /// <summary>The positions that the store itself still has.</summary>
    public Task<IReadOnlyList<long>> StoredAsync() =>
        Store.ReadAsync(
            new("select position from journal where journal = $1 order by position", Name),
            row => row.GetInt64(0),
            CancellationToken.None
        );

    /// <summary>What the store says is in the archive.</summary>
    public Task<IReadOnlyList<ArchiveSpan>> SpansAsync() =>
        Store.ReadAsync(
            new($"select {ArchiveSpan.Columns} from archive where journal = $1 order by first_position", Name),
            ArchiveSpan.Read,
            CancellationToken.None
        );

    private byte[] Payload(long position)
    {
        var payload = new byte[Size];
        Encoding.UTF8.GetBytes($"payload {position}".PadRight(20)).CopyTo(payload, 0);
        return payload;
    }
}
