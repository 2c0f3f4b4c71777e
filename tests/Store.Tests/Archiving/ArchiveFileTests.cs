using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Archiving;

/// <summary>What becomes of questions when something happens to the archive's files.</summary>
public sealed class ArchiveFileTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private SuiteStore _store = null!;
    private OldJournal _journal = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _folder.StartAsync();
        _journal = await OldJournal.WriteAsync(_store);
        await _journal.ArchiveAsync();
        Assert.Equal(new(OldJournal.LastOld, 3, _store.Archive.UsedBytes(), ""), _store.ArchiveStatus);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Files_AreThisUsersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var archive = Path.GetDirectoryName(_folder.Archived("2021.db"))!;
        Assert.Equal(Own | UnixFileMode.UserExecute, File.GetUnixFileMode(archive));
        Assert.Equal(Own, File.GetUnixFileMode(_folder.Archived("2021.db")));
        Assert.Equal(["2020.db", "2021.db", "2022.db"], Directory.GetFiles(archive).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Start_Again_ReadsThroughTheArchive()
    {
        await _store.DisposeAsync();
        _store = await _folder.StartAsync();
        var count = await _store.CountAsync(_journal.Name);

        Assert.Equal(OldJournal.Entries, count);
    }

    [Fact]
    public async Task Read_FileIsMissing_IsRefusedInWordsAndTheRestGoesOn()
    {
        File.Move(_folder.Archived("2021.db"), _folder.Beside("2021.db"));
        await AssertRefusedAsync("is missing");
        Assert.Equal(_journal.Expected(1, 37), await _journal.ReadAsync(0, 37));

        // It is not begun anew, which would hide what is missing.
        await _store.Archiver(_journal.Name, OldJournal.At(DateTimeOffset.UtcNow.AddYears(1))).RoundAsync(CancellationToken.None);
        Assert.False(File.Exists(_folder.Archived("2021.db")));

        File.Move(_folder.Beside("2021.db"), _folder.Archived("2021.db"));
        await AssertHealedAsync();
    }

    [Fact]
    public async Task Round_FileItWouldGoOnWithIsMissing_MovesNothingUntilItIsBack()
    {
        File.Move(_folder.Archived("2022.db"), _folder.Beside("2022.db"));
        var later = _store.Archiver(_journal.Name, OldJournal.At(DateTimeOffset.UtcNow));
        await later.RoundAsync(CancellationToken.None);
        Assert.Contains("2022.db is missing", _store.ArchiveStatus.Fault, StringComparison.Ordinal);
        Assert.Equal(OldJournal.LastOld + 1, (await _journal.StoredAsync())[0]);

        File.Move(_folder.Beside("2022.db"), _folder.Archived("2022.db"));
        await later.RoundAsync(CancellationToken.None);
        Assert.Equal([OldJournal.Entries], await _journal.StoredAsync());
        await _journal.AssertWholeAsync();
    }

    [Fact]
    public async Task GiveUp_StoreIsSomebodyElses_DeletesNothing()
    {
        await _store.CommitAsync(new Unit().Add("update store set owner = 'another'"), CancellationToken.None);

        // The committer may have noticed by itself meanwhile.
        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            new ArchiveIndex(_store).GiveUpAsync(
                new(_journal.Name, "2022.db", OldJournal.LastOld + 1, OldJournal.LastOld + 1, 0),
                CancellationToken.None
            )
        );
        Assert.True(refused is FencedException or StoreUnavailableException, refused.Message);
        Assert.Equal(OldJournal.LastOld + 1, (await _journal.StoredAsync())[0]);
    }

    [Fact]
    public async Task Read_FileOfAnotherStore_IsRefusedInWords()
    {
        using StoreFolder other = new();
        await using (var store = await other.StartAsync())
        {
            await (await OldJournal.WriteAsync(store, _journal.Name)).ArchiveAsync();
        }

        File.Move(_folder.Archived("2021.db"), _folder.Beside("2021.db"));
        File.Copy(other.Archived("2021.db"), _folder.Archived("2021.db"));
        await AssertRefusedAsync("is not of this store");
    }

    [Fact]
    public async Task Read_EarlierCopyOfTheFile_IsRefusedInWords()
    {
        using (var connection = CopyOf("2021.db"))
        {
            CopyFile.Execute(connection, "delete from journal where position > 60");
        }

        await AssertRefusedAsync($"does not have entry 74 of the journal {_journal.Name} as it was: it is an earlier copy");
        await _journal.ArchiveAsync();
        Assert.Contains("2021.db does not have entry 74", _store.ArchiveStatus.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EntryAlteredInTheFile_IsRefusedInWords()
    {
        using (var connection = CopyOf("2021.db"))
        {
            CopyFile.Execute(connection, "update journal set entry = x'00' where position = 50");
        }

        await AssertRefusedAsync($"is damaged: Entry 50 of the journal {_journal.Name} fails its checksum", at: 50);
    }

    [Fact]
    public async Task Read_EntryLostInTheFile_IsRefusedInWords()
    {
        using (var connection = CopyOf("2021.db"))
        {
            CopyFile.Execute(connection, "delete from journal where position = 50");
        }

        await AssertRefusedAsync($"is damaged: entry 50 of the journal {_journal.Name} is missing in it", at: 50);
    }

    [Fact]
    public async Task Read_FileIsNoDatabase_IsRefusedInWords()
    {
        await File.WriteAllTextAsync(_folder.Archived("2021.db"), new string('x', 20_000), TestContext.Current.CancellationToken);
        await AssertRefusedAsync("cannot be read");
    }

    [Fact]
    public async Task Read_BackupInTheFilesPlace_IsAsGood()
    {
        var copy = (await _store.BackupAsync("", static _ => { }, CancellationToken.None)).File;
        File.Copy(copy, _folder.Archived("2021.db"), overwrite: true);
        await AssertHealedAsync();
    }

    private async Task AssertRefusedAsync(string words, long at = 38)
    {
        var refused = await Assert.ThrowsAsync<ArchiveException>(() => _journal.ReadAsync(0));
        Assert.Contains($"The archive file {_folder.Archived("2021.db")} {words}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Put it back", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArchiveException>(() => _journal.Journals.ReadAtAsync(_journal.Name, [at, 100], CancellationToken.None));

        // Other years, the present and intake are not concerned.
        Assert.Equal(_journal.Expected(81, OldJournal.Entries), await _journal.ReadAsync(80));
        var tail = (await _journal.Journals.OpenAsync(_journal.Name, CancellationToken.None)).Tail;
        Assert.Equal(OldJournal.Entries, tail);

        var found = Assert.Single((await new JournalInvariant(_journal.Journals).CheckAsync(CancellationToken.None)).Violations);
        Assert.Contains(words, found, StringComparison.Ordinal);
    }

    private async Task AssertHealedAsync()
    {
        await _journal.AssertWholeAsync();
        await _journal.ArchiveAsync();
        Assert.Equal("", _store.ArchiveStatus.Fault);
        Assert.Empty((await new JournalInvariant(_journal.Journals).CheckAsync(CancellationToken.None)).Violations);
    }

    private Microsoft.Data.Sqlite.SqliteConnection CopyOf(string file) => CopyFile.Open(_folder.Archived(file));
}
