using System.Runtime.Intrinsics;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class PhiloxTests
{
    /// <summary>The known answers that the authors publish with Random123 (philox4x32, 10 rounds).</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffffffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Bits_KnownAnswers_AreMet(uint c0, uint c1, uint c2, uint c3, ulong key, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal((x0, x1, x2, x3), Philox.Bits(c0, c1, c2, c3, key));
        var (v0, v1) = (Vector512.Create((ulong)c0), Vector512.Create((ulong)c1));
        var (v2, v3) = (Vector512.Create((ulong)c2), Vector512.Create((ulong)c3));

        Philox.Bits(ref v0, ref v1, ref v2, ref v3, key);

        for (var lane = 0; lane < Philox.Lanes; lane++)
            Assert.Equal((x0, x1, x2, x3), ((uint)v0[lane], (uint)v1[lane], (uint)v2[lane], (uint)v3[lane]));
    }

    [Fact]
    public void Fill_AnyStretch_IsTheNumbersAtItsPlaces()
    {
        var stream = new RandomStream(0x0123456789abcdef, 7, 0xfedcba98765432, 5);
        var numbers = new double[96];

        stream.Fill(numbers, 32);

        Assert.Equal(Enumerable.Range(32, 96).Select(stream.At), numbers);
    }

    [Fact]
    public void Fill_StreamsThatDifferInOneThing_ShareNothing()
    {
        var stream = new RandomStream(1, 2, 3, 4);
        RandomStream[] others =
        [
            stream with
            {
                Key = 2,
            },
            stream with
            {
                Source = 3,
            },
            stream with
            {
                Owner = 4,
            },
            stream with
            {
                Owner = 3 | (1UL << 40),
            },
            stream with
            {
                Purpose = 5,
            },
        ];
        var seen = Enumerable.Range(0, 64).Select(stream.At).ToHashSet();

        foreach (var other in others)
            Assert.DoesNotContain(Enumerable.Range(0, 64), place => seen.Contains(other.At(place)));
    }

    [Fact]
    public void Fill_MillionNumbers_AreUniform()
    {
        var numbers = new double[1 << 20];

        new RandomStream(42, 0, 0, 0).Fill(numbers, 0);

        // The standard error of the mean is 1/√(12n) = 0.00028, that of the second moment √(4/45/n) = 0.00029. Of 64 cells χ² is 63 ± 11.
        Assert.All(numbers, number => Assert.InRange(number, 1.0 / (1L << 53), 1 - (1.0 / (1L << 53))));
        Assert.Equal(0.5, numbers.Average(), 0.001);
        Assert.Equal(1.0 / 3, numbers.Average(number => number * number), 0.001);
        Assert.Equal(0.25, numbers.Zip(numbers.Skip(1), (a, b) => a * b).Average(), 0.001);
        var cells = numbers.GroupBy(number => (int)(number * 64)).Select(cell => (double)cell.Count()).ToList();
        var expected = numbers.Length / 64.0;
        Assert.InRange(cells.Sum(count => (count - expected) * (count - expected) / expected), 25, 110);
    }
}
