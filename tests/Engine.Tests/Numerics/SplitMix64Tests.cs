using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class SplitMix64Tests
{
    [Fact]
    public void At_SeedZero_IsThePublishedSequence()
    {
        var generator = new SplitMix64(0);

        ulong[] expected = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(i => generator.At((ulong)i)));
    }

    [Fact]
    public void Below_ManyDraws_AreEven()
    {
        var generator = new SplitMix64(42);
        var counts = new int[10];
        for (var i = 0UL; i < 100_000; i++)
            counts[generator.Below(i, 10)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Shuffle_Items_KeepsEach()
    {
        var items = Enumerable.Range(0, 100).ToArray();

        new SplitMix64(9).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }

    [Fact]
    public void Shuffle_ManyDraws_PutsEveryNumberEverywhere()
    {
        var counts = new int[5, 5];
        for (ulong draw = 0; draw < 10_000; draw++)
        {
            int[] order = [0, 1, 2, 3, 4];
            new SplitMix64(draw).Shuffle<int>(order);
            for (var place = 0; place < 5; place++)
                counts[order[place], place]++;
        }

        // 2,000 each; the standard deviation is sqrt(10,000 · 0.2 · 0.8) = 40.
        foreach (var count in counts)
            Assert.InRange(count, 1_800, 2_200);
    }
}
