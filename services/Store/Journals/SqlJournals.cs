using System.Security.Cryptography;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Journals;

/// <summary>Journals in the table <c>journal</c>, their writers' epochs in <c>writer</c>.</summary>
internal sealed partial class SqlJournals(SuiteStore store, TimeProvider time) : IJournals, IJournalTrimming
{
    private const int MaxName = 256;
    private const int SnapshotsKept = 4;
    private readonly ArchiveIndex _archived = new(store);

    public async Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        CheckName(journal);

        // The epoch first: an append that this read of the tail does not see is refused from then on.
        var epoch = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        if (!store.IsReadOnly)
        {
            await store.CommitAsync(
                new Unit().Add(
                    "insert into writer (journal, epoch) values ($1, $2) on conflict (journal) do update set epoch = $3",
                    journal,
                    (long)epoch,
                    (long)epoch
                ),
                cancellationToken
            );
        }

        // Where nothing may be written, the writer serves to read; its first append says why, and it has to be opened again.
        var last = await TailAsync(journal, cancellationToken);
        if (store.Heads.TryGet(journal, out var head) && last.Position < head)
        {
            throw store.Behind(JournalHeads.Words(journal, last.Position, head));
        }

        return new SqlJournalWriter(this, journal, epoch, last, time);
    }

    public async Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken)
    {
        CheckName(journal);
        var positions = await store.ReadAsync(
            new("select position from snapshot where journal = $1 and position <= $2 order by position desc", journal, atOrBefore),
            row => row.GetInt64(0),
            cancellationToken
        );
        foreach (var position in positions)
        {
            // One that is damaged or was removed meanwhile costs time only: an older one, or the journal itself, says the same.
            var found = await store.ReadAsync(
                new("select checksum, state from snapshot where journal = $1 and position = $2", journal, position),
                row => (Checksum: row.GetInt64(0), State: (byte[])row.GetValue(1)),
                cancellationToken
            );
            if (found is [var (checksum, state)] && EntryRow.Checksum(journal, position, 0, 0, state) == checksum)
            {
                return new Snapshot(position, state);
            }
        }

        return null;
    }

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        CheckName(journal);
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        var state = payload.ToArray();
        var unit = new Unit()
            .Add(
                "insert into snapshot (journal, position, checksum, state) values ($1, $2, $3, $4) on conflict (journal, position) do "
                    + "update set checksum = excluded.checksum, state = excluded.state",
                journal,
                position,
                EntryRow.Checksum(journal, position, 0, 0, state),
                state
            )
            .Add(
                $"delete from snapshot where journal = $1 and position < (select min(position) from (select position from snapshot where "
                    + $"journal = $2 order by position desc limit {SnapshotsKept}) as kept)",
                journal,
                journal
            );
        return store.CommitAsync(unit, cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return ListAsync();

        // The writers are few; the entries are many.
        async Task<IReadOnlyList<string>> ListAsync() =>
            [
                .. (
                    await store.ReadAsync(
                        new("select journal from writer w where exists (select 1 from journal j where j.journal = w.journal)"),
                        row => row.GetString(0),
                        cancellationToken
                    )
                )
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
    }

    public Task TrimAsync(string journal, long position, CancellationToken cancellationToken)
    {
        CheckName(journal);

        // Never the last entry: it says where the journal ends.
        return store.CommitAsync(
            new Unit()
                .Add(
                    "delete from journal where journal = $1 and position <= $2 and position < (select max(position) from journal where "
                        + "journal = $3)",
                    journal,
                    position,
                    journal
                )
                .Add(
                    "update writer set trimmed = (select min(position) - 1 from journal where journal = $1) where journal = $2 and "
                        + "exists (select 1 from journal where journal = $3)",
                    journal,
                    journal,
                    journal
                ),
            cancellationToken
        );
    }

    internal Task CommitAsync(string journal, long epoch, Unit unit, CancellationToken cancellationToken) =>
        store.CommitAsync(
            unit.Require(
                () => new FencedException(journal),
                "update writer set epoch = epoch where journal = $1 and epoch = $2",
                journal,
                epoch
            ),
            cancellationToken
        );

    internal async Task AppendAsync(
        string journal,
        long epoch,
        Appended next,
        ReadOnlyMemory<byte> payload,
        Unit? unit,
        CancellationToken cancellationToken
    )
    {
        unit ??= new Unit();
        var (entry, id) = (payload.ToArray(), Random.Shared.Next(1, int.MaxValue));
        unit.Require(
            () => new FencedException(journal),
            $"""
            insert into journal (journal, position, unit, recorded, checksum, entry)
            select journal, $1, $2, $3, $4, $5 from writer
            where journal = $6 and epoch = $7 and coalesce((select max(position) from journal where journal = $8), 0) = $9{store.ForShare}
            """,
            next.Position,
            (long)id,
            next.RecordedAt.UtcTicks,
            EntryRow.Checksum(journal, next.Position, id, next.RecordedAt.UtcTicks, entry),
            entry,
            journal,
            epoch,
            journal,
            next.Position - 1
        );
        unit.ProveBy("select 1 from journal where journal = $1 and position = $2 and unit = $3", journal, next.Position, (long)id);
        await store.CommitAsync(unit, cancellationToken);
        store.Heads.Acknowledge(journal, next.Position);
    }

    /// <summary>The last position that was trimmed away; 0 where nothing was.</summary>
    private async Task<long> TrimmedAsync(string journal, CancellationToken cancellationToken) =>
        await store.ReadAsync(new("select trimmed from writer where journal = $1", journal), row => row.GetInt64(0), cancellationToken)
            is [var trimmed]
            ? trimmed
            : 0;

    private async Task<Appended> TailAsync(string journal, CancellationToken cancellationToken)
    {
        var last = await store.ReadAsync(
            new("select position, recorded from journal where journal = $1 order by position desc limit 1", journal),
            row => new Appended(row.GetInt64(0), new(row.GetInt64(1), TimeSpan.Zero)),
            cancellationToken
        );
        return last is [var found] ? found : new(0, DateTimeOffset.MinValue);
    }

    private static void CheckName(string journal)
    {
        ArgumentException.ThrowIfNullOrEmpty(journal);
        if (journal.Length > MaxName || journal.AsSpan().ContainsAny('{', '}') || journal.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            throw new ArgumentException(
                $"A journal's name has at most {MaxName} characters, without braces, blanks and control characters.",
                nameof(journal)
            );
        }
    }
}
