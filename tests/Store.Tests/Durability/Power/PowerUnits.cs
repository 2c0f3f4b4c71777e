using System.Collections.Concurrent;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Store.Tests.Durability.Power;

/// <summary>
/// Units that show whether they are whole: an entry of a journal with three rows beside it, of which the newest are kept. Now and then
/// much is written and deleted, so that the file shrinks again.
/// </summary>
internal sealed class PowerUnits(SuiteStore store)
{
    public const int JournalCount = 3;
    private const int Rows = 3;
    private const int Kept = 30;
    private const int SnapshotEvery = 40;
    private const int Much = 9 << 20;
    private const int MuchEvery = 80;
    private const string Insert = "insert into snapshot (journal, position, checksum, state) values ($1, $2, 0, $3)";
    private readonly SqlJournals _journals = new(store, TimeProvider.System);

    /// <summary>Commits units one after the other, until the store ends or it is told to stop.</summary>
    public async Task WriteAsync(int index, ConcurrentDictionary<int, long> acknowledged, CancellationToken stop)
    {
        try
        {
            var writer = await _journals.OpenAsync(Journal(index), CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                var position = writer.Tail + 1;
                await writer.AppendAsync(Payload(index, position, 0), UnitOf(index, position), CancellationToken.None);
                acknowledged[index] = position;
                if (position % SnapshotEvery == 0)
                {
                    var state = Payload(index, position, Rows + 1);
                    await _journals.WriteSnapshotAsync(writer.Journal, position, state, CancellationToken.None);
                }
            }
        }
        catch (StoreUnavailableException)
        {
            // The store is being closed.
        }
    }

    /// <summary>What there is of a journal, and what is wrong with it.</summary>
    public async Task<long> CheckAsync(int index, long acknowledged, List<string> wrong)
    {
        var (name, position) = (Journal(index), 0L);
        try
        {
            await foreach (var entry in _journals.ReadAsync(name, 0, CancellationToken.None))
            {
                if (entry.Position != ++position || !entry.Payload.Span.SequenceEqual(Payload(index, position, 0)))
                {
                    wrong.Add($"{name} has another entry at {position}");
                    return position;
                }
            }

            if (position < acknowledged || position > acknowledged + 1)
            {
                wrong.Add($"{name} ends at {position}, and {acknowledged} was acknowledged");
            }

            var rows = await store.ReadAsync(
                new("select position, state from snapshot where journal = $1 order by position", $"rows/{index}"),
                row => (row.GetInt64(0), Convert.ToHexString(row.GetFieldValue<byte[]>(1))),
                CancellationToken.None
            );
            if (!rows.SequenceEqual(RowsAt(index, position)))
            {
                wrong.Add($"{name} has at {position} {rows.Count} rows that are not those of its units");
            }

            if (
                await _journals.ReadSnapshotAsync(name, long.MaxValue, CancellationToken.None) is { } snapshot
                && (snapshot.Position > position || !snapshot.Payload.Span.SequenceEqual(Payload(index, snapshot.Position, Rows + 1)))
            )
            {
                wrong.Add($"{name} has another snapshot at {snapshot.Position}");
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or JournalDamagedException)
        {
            wrong.Add(exception.Message);
        }

        return position;
    }

    private static Unit UnitOf(int index, long position)
    {
        var unit = new Unit();
        for (var row = 1; row <= Rows; row++)
        {
            unit.Add(Insert, $"rows/{index}", Number(position, row), Payload(index, position, row));
        }

        unit.Add("delete from snapshot where journal = $1 and position < $2", $"rows/{index}", Number(position - Kept + 1, 0));
        if (index == 0 && position % MuchEvery == MuchEvery / 8)
        {
            unit.Add(Insert, "much", position, new byte[Much]);
        }
        else if (index == 0 && position % MuchEvery == MuchEvery / 4)
        {
            unit.Add("delete from snapshot where journal = $1", "much");
        }

        return unit;
    }

    private static IEnumerable<(long Position, string State)> RowsAt(int index, long last)
    {
        for (var position = Math.Max(1, last - Kept + 1); position <= last; position++)
        {
            for (var row = 1; row <= Rows; row++)
            {
                yield return (Number(position, row), Convert.ToHexString(Payload(index, position, row)));
            }
        }
    }

    private static string Journal(int index) => $"power/{index}";

    private static long Number(long position, int row) => (position * (Rows + 1)) + row;

    private static byte[] Payload(int index, long position, int part)
    {
        Random random = new((int)((((index * 1_000_003) + position) * 31) + part));
        var payload = new byte[random.Next(8) == 0 ? random.Next(40_000) : random.Next(1, 1_500)];
        random.NextBytes(payload);
        return payload;
    }
}
