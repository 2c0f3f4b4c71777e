using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Archiving;

/// <summary>Which file of the archive has which entries, as the store says it. Thread-safe.</summary>
internal sealed class ArchiveIndex(IStore store)
{
    /// <summary>Finds the entries from a position on that were moved first; <see langword="null"/> where none were.</summary>
    public async Task<ArchiveSpan?> FindAsync(string journal, long position, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new(
                $"select {ArchiveSpan.Columns} from archive where journal = $1 and last_position >= $2 order by last_position limit 1",
                journal,
                position
            ),
            ArchiveSpan.Read,
            cancellationToken
        )
            is [var span]
            ? span
            : null;

    /// <summary>Lists all that the archive has: for each file as many as there are journals in it.</summary>
    public Task<IReadOnlyList<ArchiveSpan>> AllAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(new($"select {ArchiveSpan.Columns} from archive order by file, journal"), ArchiveSpan.Read, cancellationToken);

    /// <summary>
    /// Lists the journals that have a kept snapshot beyond what is archived: up to where they are, and up to the oldest snapshot, after
    /// which an opening may need every entry.
    /// </summary>
    public Task<IReadOnlyList<(string Journal, long Archived, long Folded)>> FoldedAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                """
                select w.journal, w.archived, s.folded from writer w
                join (select journal, min(position) as folded from snapshot group by journal) s on s.journal = w.journal
                where s.folded > w.archived order by w.journal
                """
            ),
            row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken
        );

    /// <summary>Gives up in the store what the archive has, as whoever holds the store, and nobody else.</summary>
    /// <exception cref="FencedException">Somebody else has taken the store over, or moved these entries.</exception>
    public Task GiveUpAsync(ArchiveSpan moved, CancellationToken cancellationToken)
    {
        var (journal, before, identity) = (moved.Journal, moved.First - 1, store.Identity);
        var unit = new Unit()
            .Require(
                () => new FencedException(journal),
                """
                update writer set archived = $1 where journal = $2 and archived = $3
                and exists (select 1 from store where identity = $4 and epoch = $5 and owner = $6)
                """,
                moved.Last,
                journal,
                before,
                identity.Identity,
                identity.Epoch,
                identity.Owner
            )
            .Add(
                $"""
                insert into archive ({ArchiveSpan.Columns}) values ($1, $2, $3, $4, $5)
                on conflict (journal, file) do update set last_position = excluded.last_position, checksum = excluded.checksum
                """,
                journal,
                moved.File,
                moved.First,
                moved.Last,
                moved.Checksum
            )
            .Add("delete from journal where journal = $1 and position > $2 and position <= $3", journal, before, moved.Last);
        unit.ProveBy("select 1 from archive where journal = $1 and file = $2 and last_position = $3", journal, moved.File, moved.Last);
        return store.CommitAsync(unit, cancellationToken);
    }
}
