using CsCheck;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.Tests.Lookup;

public sealed class BlockTests
{
    [Fact]
    public void Filter_AnyHashes_HoldsAllOfThemAndHardlyAnyOther() =>
        Gen.Select(Gen.Int[1, 3_000], Gen.ULong)
            .Sample(
                (count, seed) =>
                {
                    var random = new Random((int)seed);
                    var filter = HashFilter.For(count);
                    var hashes = Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64()).ToArray();
                    Array.ForEach(hashes, filter.Add);
                    Assert.All(hashes, hash => Assert.True(filter.MayHold(hash)));
                    Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => filter.MayHold((ulong)random.NextInt64())), 0, 60);
                },
                iter: 50
            );

    [Fact]
    public void Builder_AnySizesOfEntries_MissesNothingAndBoundsWhatALookReads() =>
        Gen.OneOf(Gen.Int[1, 4], Gen.Int[1, 600])
            .Array[1, 60]
            .Sample(
                sizes =>
                {
                    var builder = new BlockBuilder(null);
                    var blocks = new Dictionary<long, Block>();
                    var table = new SeriesTable();
                    var all = new List<(ObservationRow Row, long Position)>();
                    var position = 0L;
                    foreach (var size in sizes)
                    {
                        position += 1 + (size % 3 * 100);
                        var rows = Enumerable.Range(all.Count, size).Select(i => Row(table, i)).ToArray();
                        all.AddRange(rows.Select(row => (row, position)));
                        var block = builder.Add(rows, position);
                        blocks[block.First] = block;
                    }

                    Assert.Equal(all.Count, blocks.Values.Sum(block => block.Items));
                    Assert.All(blocks.Values, block =>
                        Assert.True(
                            block.First == block.Last
                                || (block.Items <= BlockBuilder.SharedItems && block.Last - block.First < BlockBuilder.SharedPositions)
                        )
                    );
                    foreach (var (row, at) in all)
                    {
                        var search = new Search();
                        search.Seek(row);
                        Assert.Contains(blocks.Values, block => block.First <= at && at <= block.Last && search.MayBeIn(block));
                    }
                },
                iter: 30
            );

    [Fact]
    public void Builder_HundredThousandEntriesOfOne_MakesTwoHundredBlocks()
    {
        var builder = new BlockBuilder(null);
        var table = new SeriesTable();
        var firsts = new HashSet<long>();
        for (var i = 1; i <= 100_000; i++)
        {
            firsts.Add(builder.Add([Row(table, i)], i).First);
        }

        Assert.InRange(firsts.Count, 190, 200);
    }

    [Fact]
    public void Cache_MoreThanItMayHold_DropsThoseAskedForLongestAgo()
    {
        var size = BlockOf(1).Bytes;
        var cache = new BlockCache(10 * size);
        object[] owners = ["a", "b", "c"];
        cache.Put(owners[0], [BlockOf(1), BlockOf(2), BlockOf(3), BlockOf(4)]);
        cache.Put(owners[1], [BlockOf(1), BlockOf(2), BlockOf(3), BlockOf(4)]);
        Assert.Equal(4, cache.TryGet(owners[0])!.Count);
        cache.Add(owners[0], BlockOf(4) with { Last = 9 });
        cache.Add(owners[0], BlockOf(10));
        Assert.Equal([1, 2, 3, 4, 10], cache.TryGet(owners[0])!.Select(block => block.First));
        Assert.Equal(9 * size, cache.Bytes);
        cache.Put(owners[2], [BlockOf(1), BlockOf(2)]);
        Assert.Null(cache.TryGet(owners[1]));
        Assert.Equal(7 * size, cache.Bytes);
        cache.Remove(owners[0]);
        cache.Add(owners[0], BlockOf(11));
        Assert.Null(cache.TryGet(owners[0]));
        Assert.Equal(2 * size, cache.Bytes);
    }

    private static Block BlockOf(long first) => new(first, first, 0, 0, 1, HashFilter.For(100));

    private static ObservationRow Row(SeriesTable table, int i)
    {
        var row = new ObservationRow
        {
            Id = $"id{i}",
            Indicator = "killings",
            Source = "desk",
            Observed = i,
        };
        table.Prepare(ref row);
        return row;
    }
}
