using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Tests.Archiving;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Durability;

public sealed class VacuumTests
{
    [Fact]
    public async Task Delete_MuchOfTheFile_IsGivenBackWhileTheStoreIsInUse()
    {
        using TemporaryFolder folder = new();
        await using SuiteStore store = new(
            new() { DataDirectory = folder.Path, Ballast = false },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        for (var n = 0; n < 48; n++)
        {
            await store.CommitAsync(
                new Unit().Add(
                    "insert into snapshot (journal, position, checksum, state) values ('much', $1, 0, $2)",
                    (long)n,
                    new byte[1 << 20]
                ),
                CancellationToken.None
            );
        }

        await Eventually.HoldsAsync(() => Length() > 40 << 20, "the log is moved into the file");
        await store.CommitAsync(new Unit().Add("delete from snapshot where journal = 'much'"), CancellationToken.None);

        var few = 0L;
        await Eventually.HoldsAsync(
            async () =>
            {
                await store.CommitAsync(
                    new Unit().Add(
                        "insert into snapshot (journal, position, checksum, state) values ('few', $1, 0, $2)",
                        ++few,
                        new byte[100]
                    ),
                    CancellationToken.None
                );
                return Length() < 30 << 20;
            },
            "space is given back"
        );

        long Length() => new FileInfo(folder.In(SqliteDatabase.FileName)).Length;
    }

    [Fact]
    public async Task Archive_MuchOfTheFile_IsGivenBackWhileTheStoreIsInUse()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync(options => options.Ballast = false);
        var journal = await OldJournal.WriteAsync(store, size: 400_000);
        await Eventually.HoldsAsync(() => Length() > 40 << 20, "the log is moved into the file");
        await journal.ArchiveAsync();

        // The probe's beats are all that is written from then on.
        await Eventually.HoldsAsync(() => Length() < 14 << 20, "space is given back", seen: () => $"{Length() >> 20} MB");
        await journal.AssertWholeAsync();

        long Length() => new FileInfo(folder.Database).Length;
    }
}
