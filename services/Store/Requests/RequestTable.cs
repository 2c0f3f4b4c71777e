using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Requests;

/// <summary>What was answered to writes under an id of their caller's choice. Thread-safe.</summary>
public sealed class RequestTable(IStore store, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>How many answers are kept at the most, the newest; a minute may bring more.</summary>
    public const long Most = 100_000;

    /// <summary>How many bytes of answers are kept at the most, of the newest.</summary>
    public const long MostBytes = 256L << 20;

    private const int Page = 1_000;

    /// <summary>Finds what is kept under a caller's id; <see langword="null"/> where nothing is.</summary>
    public async Task<StoredRequest?> FindAsync(string caller, string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new("select method, content, reached, answer from request where caller = $1 and id = $2", caller, id),
            row => new StoredRequest(new(caller, id, row.GetString(0), row.GetString(1)), row.GetString(2), (byte[])row.GetValue(3)),
            cancellationToken
        )
            is [var kept]
            ? kept
            : null;

    /// <summary>
    /// Keeps an answer by itself: of a write that changed nothing, or whose effect is the same however often it is asked for.
    /// </summary>
    public Task KeepAsync(string mark, byte[] answer, CancellationToken cancellationToken) =>
        RequestUnits.KeepStatement(mark, answer, time.GetUtcNow()) is { } statement
            ? store.CommitAsync(new Unit().Add(statement.Sql, statement.Values), cancellationToken)
            : Task.CompletedTask;

    /// <summary>Forgets what is older than it is kept, and what is more than is kept.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<long> SweepAsync(CancellationToken cancellationToken, long most = Most, long mostBytes = MostBytes)
    {
        var (count, bytes, limit) = (0L, 0L, (time.GetUtcNow() - Kept).UtcTicks);
        var (at, seen) = (long.MaxValue, Page);
        while (seen == Page && count <= most && bytes <= mostBytes)
        {
            // By its index alone: no answer is read.
            var page = await store.ReadAsync(
                new("select at, size from request where at < $1 and at >= $2 order by at desc limit $3", at, limit, (long)Page),
                row => (At: row.GetInt64(0), Size: row.GetInt64(1)),
                cancellationToken
            );
            seen = page.Count;
            foreach (var (made, size) in page)
            {
                (at, count, bytes) = (made, count + 1, bytes + size);
                if (count > most || bytes > mostBytes)
                {
                    limit = made + 1;
                    break;
                }
            }
        }

        var forgotten = (
            await store.ReadAsync(new("select count(*) from request where at < $1", limit), row => row.GetInt64(0), cancellationToken)
        )[0];
        for (var left = forgotten; left > 0; left -= Page)
        {
            await store.CommitAsync(
                new Unit().Add(
                    """
                    delete from request where at < $1
                      and at <= coalesce((select at from request where at < $2 order by at limit 1 offset 999), $3)
                    """,
                    limit,
                    limit,
                    limit
                ),
                cancellationToken
            );
        }

        return forgotten;
    }
}
