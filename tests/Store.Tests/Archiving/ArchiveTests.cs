using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Archiving;

public sealed class SqliteArchiveTests(SqliteFixture store) : ArchiveTests(store);

public sealed class PostgresArchiveTests(PostgresFixture store) : ArchiveTests(store);

public abstract class ArchiveTests(RunningStore store)
{
    [Fact]
    public async Task Round_OldEntries_MoveAndAreReadAsBefore()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await journal.AssertWholeAsync();
        await journal.ArchiveAsync();

        Assert.Equal("", store.Store.ArchiveStatus.Fault);
        Assert.Equal(OldJournal.LastOld + 1, (await journal.StoredAsync())[0]);
        Assert.Equal(
            [("2020.db", 1L, 37L), ("2021.db", 38L, 74L), ("2022.db", 75L, OldJournal.LastOld)],
            (await journal.SpansAsync()).Select(span => (span.File, span.First, span.Last))
        );
        await journal.AssertWholeAsync();
        Assert.Contains(journal.Name, await journal.Journals.ListAsync(journal.Name, CancellationToken.None));
    }

    [Fact]
    public async Task Round_WriterIsAtWork_GoesOnAppending()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await journal.ArchiveAsync();
        await journal.AppendAsync();

        Assert.Equal(OldJournal.Entries + 1, journal.Writer.Tail);
        await journal.AssertWholeAsync(OldJournal.Entries + 1);
    }

    [Fact]
    public async Task Round_Again_MovesNothingTwice()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await journal.ArchiveAsync();
        var spans = await journal.SpansAsync();
        await journal.ArchiveAsync();

        Assert.Equal(spans, await journal.SpansAsync());
        await journal.AssertWholeAsync();
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(50L, 50)]
    [InlineData(37L, 37)]
    public async Task Round_OnlySoMuchIsFolded_MovesNoMore(long? snapshot, int moved)
    {
        var journal = await OldJournal.WriteAsync(store.Store, snapshot: snapshot);
        await journal.Journals.WriteSnapshotAsync(
            snapshot is null ? journal.Name + "/other" : journal.Name,
            OldJournal.Entries,
            new byte[] { 1 },
            CancellationToken.None
        );
        await journal.ArchiveAsync();

        Assert.Equal(moved + 1, (await journal.StoredAsync())[0]);
        await journal.AssertWholeAsync();
    }

    [Fact]
    public async Task Round_AllIsOldAndFolded_KeepsTheLastEntry()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await store.Store.Archiver(journal.Name, OldJournal.At(DateTimeOffset.UtcNow.AddYears(100))).RoundAsync(CancellationToken.None);

        Assert.Equal([OldJournal.Entries], await journal.StoredAsync());
        await journal.AppendAsync();
        await journal.AssertWholeAsync(OldJournal.Entries + 1);
    }

    [Fact]
    public async Task Round_OtherJournals_StayWhereTheyAre()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await store.Store.Archiver("another/", OldJournal.At(DateTimeOffset.UtcNow.AddYears(100))).RoundAsync(CancellationToken.None);

        Assert.Equal(OldJournal.Entries, (await journal.StoredAsync()).Count);
    }

    [Fact]
    public async Task Read_WhileEntriesMove_SkipsNothing()
    {
        // So large that a step takes some ten of them.
        var journal = await OldJournal.WriteAsync(store.Store, size: 100_000);
        await using var slow = journal
            .Journals.ReadAsync(journal.Name, 0, CancellationToken.None)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await slow.MoveNextAsync());
        var moving = journal.ArchiveAsync();
        var rounds = 0;
        do
        {
            Assert.Equal(journal.Expected(1, OldJournal.Entries), await journal.ReadAsync(0));
            var single = await journal.Journals.ReadAtAsync(journal.Name, [5, 40, 80, 107], CancellationToken.None);
            Assert.Equal([5, 40, 80, 107], single.Select(entry => entry.Position));
            rounds++;
        } while (!moving.IsCompleted);

        await moving;
        Assert.True(rounds > 1);
        var read = 1;
        while (await slow.MoveNextAsync())
        {
            Assert.Equal(++read, slow.Current.Position);
        }

        Assert.Equal(OldJournal.Entries, read);
        Assert.Equal(OldJournal.LastOld + 1, (await journal.StoredAsync())[0]);
    }

    [Fact]
    public async Task Round_FileHasMoreThanTheStoreGaveUp_WritesItAnew()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        var recorded = new DateTime(2020, 1, 21).Ticks;
        StoredEntry other = new(3, 7, recorded, EntryRow.Checksum(journal.Name, 3, 7, recorded, [9]), [9]);
        store.Store.Archive.Write(new(journal.Name, "2020.db", 3, 3, other.Checksum), [other]);
        await journal.AssertWholeAsync();

        await journal.ArchiveAsync();
        await journal.AssertWholeAsync();
    }

    [Fact]
    public async Task GiveUp_SomebodyElseHasMoved_DeletesNothing()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await store.Store.CommitAsync(
            new Unit().Add("update writer set archived = 1 where journal = $1", journal.Name),
            CancellationToken.None
        );

        await Assert.ThrowsAsync<FencedException>(() =>
            new ArchiveIndex(store.Store).GiveUpAsync(new(journal.Name, "2020.db", 1, 10, 0), CancellationToken.None)
        );
        Assert.Equal(OldJournal.Entries, (await journal.StoredAsync()).Count);
        Assert.Empty(await journal.SpansAsync());
    }

    [Fact]
    public async Task Round_EntryDamagedInTheStore_MovesNothingOfIt()
    {
        var journal = await OldJournal.WriteAsync(store.Store);
        await store.Store.CommitAsync(
            new Unit().Add("update journal set entry = $1 where journal = $2 and position = 2", "other"u8.ToArray(), journal.Name),
            CancellationToken.None
        );
        await journal.ArchiveAsync();

        Assert.Contains(
            $"Entry 2 of the journal {journal.Name} fails its checksum",
            store.Store.ArchiveStatus.Fault,
            StringComparison.Ordinal
        );
        Assert.Equal(OldJournal.Entries, (await journal.StoredAsync()).Count);
    }
}
