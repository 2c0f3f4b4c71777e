using System.Data.Common;
using System.Runtime.CompilerServices;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Risk.Lookup;

/// <summary>Blocks as rows of the table <c>risk_block</c>.</summary>
internal static class BlockRows
{
    /// <summary>How many blocks are read at once: a megabyte where each is an entry of a thousand observations.</summary>
    private const int Page = 256;
    private const int SpanPage = 4_096;
    private const string Columns = "first_position, last_position, oldest, newest, items, filter";

    /// <summary>Keeps a block, in the transaction of the entry that it is of.</summary>
    public static Unit Keep(this Unit unit, string country, Block block) =>
        unit.Add(
            """
            insert into risk_block (country, first_position, last_position, oldest, newest, items, filter)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (country, first_position) do update set last_position = excluded.last_position, oldest = excluded.oldest,
            newest = excluded.newest, items = excluded.items, filter = excluded.filter
            """,
            country,
            block.First,
            block.Last,
            block.Oldest,
            block.Newest,
            (long)block.Items,
            block.Filter.Bits
        );

    /// <summary>Reads the newest block of a country; <see langword="null"/> where it has none.</summary>
    public static async Task<Block?> NewestAsync(this IStore store, string country, CancellationToken cancellationToken)
    {
        var newest = await store.ReadAsync(
            new($"select {Columns} from risk_block where country = $1 order by first_position desc limit 1", country),
            Read,
            cancellationToken
        );
        return newest is [var block] ? block : null;
    }

    /// <summary>Reads the blocks of a country in order, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Block>> BlocksAsync(
        this IStore store,
        string country,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var last = 0L; ; )
        {
            var page = await store.ReadAsync(
                new(
                    $"select {Columns} from risk_block where country = $1 and first_position > $2 order by first_position limit {Page}",
                    country,
                    last
                ),
                Read,
                cancellationToken
            );
            if (page.Count > 0)
            {
                yield return page;
                last = page[^1].First;
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }

    /// <summary>Reads where the blocks of a country lie that hold moments of a span, without their filters, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<BlockSpan>> SpansAsync(
        this IStore store,
        string country,
        long from,
        long before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var last = 0L; ; )
        {
            var page = await store.ReadAsync(
                new(
                    $"""
                    select first_position, last_position, oldest, newest from risk_block
                    where country = $1 and first_position > $2 and newest >= $3 and oldest < $4 order by first_position limit {SpanPage}
                    """,
                    country,
                    last,
                    from,
                    before
                ),
                row => new BlockSpan(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
                cancellationToken
            );
            if (page.Count > 0)
            {
                yield return page;
                last = page[^1].First;
            }

            if (page.Count < SpanPage)
            {
                yield break;
            }
        }
    }

    private static Block Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (int)row.GetInt64(4), new((byte[])row.GetValue(5)));
}
