using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Archiving;

/// <summary>A backup has what was archived in its old place, and says what it has not.</summary>
public sealed class ArchiveBackupTests
{
    [Fact]
    public Task Backup_OfAFile_HasWhatWasArchived() => RoundTripAsync(null, null);

    [Fact]
    public async Task Backup_OfPostgres_HasWhatWasArchived()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var target = await PostgresServer.StartAsync();
        await RoundTripAsync(server, target);
    }

    [Fact]
    public async Task Backup_FileIsMissing_IsMadeWithoutItAndSaysSo()
    {
        using StoreFolder folder = new();
        using StoreFolder elsewhere = new();
        await using var store = await folder.StartAsync();
        var journal = await OldJournal.WriteAsync(store, "old");
        await journal.ArchiveAsync();
        File.Move(folder.Archived("2021.db"), folder.Beside("2021.db"));
        var report = await store.BackupAsync("", static _ => { }, CancellationToken.None);

        Assert.Equal(["2021.db"], report.Missing);
        Assert.Equal(OldJournal.Entries - 37, report.Entries);
        await using var restored = await elsewhere.StartAsync(options => options.RestoreFrom = report.File);
        var refused = await Assert.ThrowsAsync<ArchiveException>(() => restored.CountAsync("old"));
        Assert.Contains("2021.db is missing", refused.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere.Archived("2021.db"))!);
        File.Copy(folder.Beside("2021.db"), elsewhere.Archived("2021.db"));
        Assert.Equal(OldJournal.Entries, await restored.CountAsync("old"));

        // What goes on being archived begins after it.
        await restored.ResumeAsync(CancellationToken.None);
        await restored.Archiver("old").RoundAsync(CancellationToken.None);
        Assert.Equal("", restored.ArchiveStatus.Fault);
        Assert.Equal(OldJournal.Entries, await restored.CountAsync("old"));
    }

    [Fact]
    public async Task Backup_FileIsDamaged_FailsAndNamesIt()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await (await OldJournal.WriteAsync(store, "old")).ArchiveAsync();
        await File.WriteAllTextAsync(folder.Archived("2021.db"), "none", TestContext.Current.CancellationToken);

        var failed = await Assert.ThrowsAsync<BackupException>(() => store.BackupAsync("", static _ => { }, CancellationToken.None));
        Assert.Contains("2021.db", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, SuiteStore.BackupFolder)));
    }

    [Fact]
    public async Task Restore_IntoAFolderWithAnArchive_IsRefused()
    {
        using StoreFolder folder = new();
        using StoreFolder elsewhere = new();
        await using var store = await folder.StartAsync();
        var copy = (await store.BackupAsync("", static _ => { }, CancellationToken.None)).File;
        Directory.CreateDirectory(Path.Combine(elsewhere.Path, ArchiveFolder.Name));
        await File.WriteAllTextAsync(elsewhere.Archived("2020.db"), "", TestContext.Current.CancellationToken);

        var refused = await elsewhere.RefusedAsync(options => options.RestoreFrom = copy);
        Assert.Contains("There is an archive already", refused, StringComparison.Ordinal);
    }

    private static async Task RoundTripAsync(PostgresServer? server, PostgresServer? target)
    {
        using StoreFolder folder = new(server);
        using StoreFolder elsewhere = new(target);
        string copy;
        await using (var store = await folder.StartAsync())
        {
            var journal = await OldJournal.WriteAsync(store, "old");
            await journal.ArchiveAsync();
            Assert.Equal(OldJournal.LastOld + 1, (await journal.StoredAsync())[0]);
            var report = await store.BackupAsync("", static _ => { }, CancellationToken.None);
            Assert.Equal(OldJournal.Entries, report.Entries);
            Assert.Empty(report.Missing);
            copy = report.File;
        }

        await using var restored = await elsewhere.StartAsync(options => options.RestoreFrom = copy);
        Assert.Equal(OldJournal.Entries, await restored.CountAsync("old"));
        Assert.False(Directory.Exists(Path.Combine(elsewhere.Path, ArchiveFolder.Name)));

        // Quiet: nothing is moved, either.
        await restored.Archiver("old").RoundAsync(CancellationToken.None);
        Assert.Equal(0, restored.ArchiveStatus.Entries);
        await restored.ResumeAsync(CancellationToken.None);
        await restored.Archiver("old").RoundAsync(CancellationToken.None);
        Assert.Equal(OldJournal.Entries - 1, restored.ArchiveStatus.Entries);
        Assert.Equal(OldJournal.Entries, await restored.CountAsync("old"));
    }
}
