using CsCheck;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Journals;

public sealed class SqliteJournalModelTests(SqliteFixture store) : JournalModelTests(store);

public sealed class PostgresJournalModelTests(PostgresFixture store) : JournalModelTests(store);

/// <summary>Random sequences of operations on a journal, beside a list.</summary>
public abstract class JournalModelTests(RunningStore store)
{
    private enum Step
    {
        Append,
        AppendMany,
        Snapshot,
        Reopen,
        Read,
    }

    [Fact]
    public async Task AnySequence_OfOperations_ReadsAsAList() =>
        await Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 60_000]).Array[1, 12].SampleAsync(RunAsync, iter: 30, threads: 1);

    private async Task RunAsync((Step Step, int Number)[] steps)
    {
        var name = $"model/{Guid.NewGuid():N}";
        var journals = store.Journals();
        List<byte[]> model = [];
        SortedDictionary<long, byte[]> snapshots = [];
        var writer = await journals.OpenAsync(name, CancellationToken.None);
        foreach (var (step, number) in steps)
        {
            switch (step)
            {
                case Step.Append:
                    await AppendAsync(number);
                    break;
                case Step.AppendMany:
                    for (var index = 0; index < 25; index++)
                    {
                        await AppendAsync(number / 2);
                    }

                    break;
                case Step.Snapshot when model.Count > 0:
                    snapshots[model.Count] = BitConverter.GetBytes(number);
                    await journals.WriteSnapshotAsync(name, model.Count, snapshots[model.Count], CancellationToken.None);
                    break;
                case Step.Reopen:
                    writer = await journals.OpenAsync(name, CancellationToken.None);
                    break;
                default:
                    await CompareAsync(model.Count == 0 ? 0 : number % model.Count);
                    break;
            }
        }

        await CompareAsync(0);
        Assert.Equal(model.Count, (await journals.OpenAsync(name, CancellationToken.None)).Tail);
        var newest = await journals.ReadSnapshotAsync(name, long.MaxValue, CancellationToken.None);
        Assert.Equal(snapshots.Count == 0 ? null : snapshots.Last().Key, newest?.Position);
        Assert.Equal(snapshots.Count == 0 ? null : snapshots.Last().Value, newest?.Payload.ToArray());

        async Task AppendAsync(int length)
        {
            var payload = new byte[length];
            new Random(model.Count).NextBytes(payload);
            Assert.Equal(model.Count + 1, (await writer.AppendAsync(payload, CancellationToken.None)).Position);
            model.Add(payload);
        }

        async Task CompareAsync(int after)
        {
            var position = after;
            await foreach (var entry in journals.ReadAsync(name, after, CancellationToken.None))
            {
                Assert.Equal(++position, entry.Position);
                Assert.Equal(model[position - 1], entry.Payload.ToArray());
            }

            Assert.Equal(model.Count, position);
        }
    }
}
