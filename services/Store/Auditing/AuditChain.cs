using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Auditing;

/// <summary>
/// The audit's entries as a chain: the hash of each is the SHA-256, in hexadecimal digits, of the one before it, a line feed, and the
/// entry's text in UTF-8. The first of all has an empty one before it. Thread-safe.
/// </summary>
public sealed class AuditChain(IStore store)
{
    private const int Page = 1_000;

    /// <summary>Adds an entry by itself, where no unit has added it.</summary>
    /// <exception cref="StoreUnavailableException">The store does not take it.</exception>
    public async Task KeepAsync(string entry, CancellationToken cancellationToken)
    {
        var row = AuditRow.Read(entry);
        var there = await store.ReadAsync(
            new("select position from audit where id = $1", row.Id),
            found => found.GetInt64(0),
            cancellationToken
        );
        if (there.Count == 0)
        {
            await store.CommitAsync(new Unit().KeepAudit(entry), cancellationToken);
        }
    }

    /// <summary>Reads where the chain begins and ends.</summary>
    public async Task<AuditSpan> SpanAsync(CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select start_position, start_hash, head_position, head_hash from audit_chain"),
                row => new AuditSpan(new(row.GetInt64(0), row.GetString(1)), new(row.GetInt64(2), row.GetString(3))),
                cancellationToken
            )
        )[0];

    /// <summary>Lists entries, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">The position before which to begin; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="take">How many at the most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<ChainedEntry>> ListAsync(AuditFilter filter, long before, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return store.ReadAsync(
            new(
                """
                select position, entry, hash from audit
                where position < $1 and ($2 = '' or caller = $3) and ($4 = '' or method = $5) and ($6 = '' or code = $7) and at >= $8
                  and at < $9
                order by position desc limit $10
                """,
                before,
                filter.Caller,
                filter.Caller,
                filter.Method,
                filter.Method,
                filter.Code,
                filter.Code,
                filter.From?.UtcTicks ?? 0L,
                filter.Before?.UtcTicks ?? long.MaxValue,
                (long)take
            ),
            Entry,
            cancellationToken
        );
    }

    /// <summary>Recomputes the chain from its start to its end.</summary>
    /// <param name="known">An end of the chain that was written down elsewhere, which it must still have; <see langword="null"/> for
    /// none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditCheck> VerifyAsync(AuditLink? known, CancellationToken cancellationToken)
    {
        // What is added meanwhile is not looked at; what is let go meanwhile moves the start, and then it begins anew.
        var span = await SpanAsync(cancellationToken);
        var (looked, last, faults) = (0L, span.Start, new List<string>());
        if (known is not null && known.Position <= span.Start.Position && known != span.Start)
        {
            faults.Add(
                known.Position == span.Start.Position
                    ? $"The chain begins after {span.Start}, and not after {known}."
                    : $"Entry {known.Position} is older than what is kept, which begins after entry {span.Start.Position}: it can no "
                        + $"longer be compared."
            );
        }

        while (last.Position < span.Head.Position && faults.Count < Invariants.InvariantCheck.Most)
        {
            var page = await store.ReadAsync(
                new(
                    "select position, entry, hash from audit where position > $1 and position <= $2 order by position limit $3",
                    last.Position,
                    span.Head.Position,
                    (long)Page
                ),
                Entry,
                cancellationToken
            );
            if (page.Count == 0)
            {
                faults.Add($"Entries {last.Position + 1} to {span.Head.Position} are missing.");
                break;
            }

            foreach (var entry in page)
            {
                var hash = AuditHash.Of(last.Hash, entry.Text);
                if (entry.Position != last.Position + 1)
                {
                    faults.Add($"Entries {last.Position + 1} to {entry.Position - 1} are missing.");
                }
                else if (entry.Hash != hash)
                {
                    faults.Add(
                        $"Entry {entry.Position} was changed, or the one before it: its hash is {entry.Hash}, and what is there gives "
                            + $"{hash}."
                    );
                }

                if (known?.Position == entry.Position && known.Hash != entry.Hash)
                {
                    faults.Add(
                        $"Entry {entry.Position} has the hash {entry.Hash}, and not {known.Hash}, which was written down: what led to it "
                            + $"was changed since."
                    );
                }

                (looked, last) = (looked + 1, new(entry.Position, entry.Hash));
            }
        }

        if (faults.Count == 0 && last != span.Head)
        {
            faults.Add($"The chain ends with {last}, and its end is said to be {span.Head}.");
        }

        if (known is not null && known.Position > span.Head.Position)
        {
            faults.Add(
                $"The chain ends with entry {span.Head.Position}, and entry {known.Position} was written down: what came after was cut off."
            );
        }

        // Only what was begun on a chain that is as it was says anything.
        return faults.Count > 0 && (await SpanAsync(cancellationToken)).Start != span.Start
            ? await VerifyAsync(known, cancellationToken)
            : new(span, looked, faults);
    }

    /// <summary>
    /// Lets go of entries before a moment, some thousand at a time, and remembers what the rest goes on from. The last one stays.
    /// </summary>
    /// <returns>How many were let go.</returns>
    public async Task<long> TrimAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0L;
        while (true)
        {
            var start = (await SpanAsync(cancellationToken)).Start;
            var page = await store.ReadAsync(
                new(
                    "select position, entry, hash, at from audit where position > $1 order by position limit $2",
                    start.Position,
                    (long)Page + 1
                ),
                row => (Entry: Entry(row), At: row.GetInt64(3)),
                cancellationToken
            );
            var old = page.Take(Math.Min(Page, page.Count - 1)).TakeWhile(one => one.At < before.UtcTicks).ToList();
            if (old.Count == 0)
            {
                return count;
            }

            var last = old[^1].Entry;
            await store.CommitAsync(
                new Unit()
                    .Lock("audit")
                    .Require(
                        () => new StoreConflictException("The audit's oldest entries were let go by another process."),
                        "update audit_chain set start_position = $1, start_hash = $2 where start_position = $3",
                        last.Position,
                        last.Hash,
                        start.Position
                    )
                    .Add("delete from audit where position <= $1", last.Position),
                cancellationToken
            );
            count += old.Count;
        }
    }

    private static ChainedEntry Entry(System.Data.Common.DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2));
}
