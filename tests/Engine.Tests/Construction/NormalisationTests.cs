using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Each method over a reference set, and what it makes of values beyond the set.</summary>
public class NormalisationTests
{
    private static readonly double[] _tied = [4, 8, NaN, 8, 1, 20, 4];

    private static readonly double[] _smooth = [1, 2, 4, 8];

    public static TheoryData<Normalisation, Direction, double[]> Worked =>
        new()
        {
            // Least 1, greatest 20: (4 − 1) / 19 = 3/19 and so on.
            { new MinMax(), Direction.Raises, [300.0 / 19, 700.0 / 19, NaN, 700.0 / 19, 0, 100, 300.0 / 19] },
            { new MinMax(), Direction.Lowers, [1600.0 / 19, 1200.0 / 19, NaN, 1200.0 / 19, 100, 0, 1600.0 / 19] },
            {
                new MinMax(-1, 1) { OwnScale = true },
                Direction.Raises,
                [-13.0 / 19, -5.0 / 19, NaN, -5.0 / 19, -1, 1, -13.0 / 19]
            },
            // Ties have the lowest rank. Turned, 20 is the least.
            {
                new Ranking { OwnScale = true },
                Direction.Raises,
                [2, 4, NaN, 4, 1, 6, 2]
            },
            {
                new Ranking { OwnScale = true },
                Direction.Lowers,
                [4, 2, NaN, 2, 6, 1, 4]
            },
            {
                new BordaCount { OwnScale = true },
                Direction.Raises,
                [1, 3, NaN, 3, 0, 5, 1]
            },
            {
                new PercentileRank { OwnScale = true },
                Direction.Raises,
                [0.2, 0.6, NaN, 0.6, 0, 1, 0.2]
            },
            { new Ranking(), Direction.Raises, [20, 60, NaN, 60, 0, 100, 20] },
            { new BordaCount(), Direction.Lowers, [60, 20, NaN, 20, 100, 0, 60] },
            {
                new DistanceToTarget(10, Capped: true) { OwnScale = true },
                Direction.Raises,
                [3.0 / 9, 7.0 / 9, NaN, 7.0 / 9, 0, 1, 3.0 / 9]
            },
            { new DistanceToTarget(10), Direction.Lowers, [160, 120, NaN, 120, 190, 0, 160] },
            {
                new DistanceToReference("B") { OwnScale = true },
                Direction.Raises,
                [3.0 / 7, 1, NaN, 1, 0, 19.0 / 7, 3.0 / 7]
            },
            { new DistanceToReference("B", Capped: true), Direction.Lowers, [100, 100, NaN, 100, 100, 0, 100] },
            { new DistanceToMaximum(), Direction.Raises, [300.0 / 19, 700.0 / 19, NaN, 700.0 / 19, 0, 100, 300.0 / 19] },
            {
                new FractionOfMaximum { OwnScale = true },
                Direction.Raises,
                [0.2, 0.4, NaN, 0.4, 0.05, 1, 0.2]
            },
            // −4 / max(−20 … −1) = 4, as COINr has it.
            {
                new FractionOfMaximum { OwnScale = true },
                Direction.Lowers,
                [4, 8, NaN, 8, 1, 20, 4]
            },
            { new Goalposts(0, 10), Direction.Lowers, [60, 20, NaN, 20, 90, 0, 60] },
            {
                new Goalposts(0, 10, Capped: false) { OwnScale = true },
                Direction.Raises,
                [0.4, 0.8, NaN, 0.8, 0.1, 2, 0.4]
            },
            { new CategoricalBands([new(2, 10), new(5, 30), new(20, 25)]), Direction.Lowers, [10, 30, NaN, 30, 10, 25, 10] },
            {
                new LogisticCurve(8, 1) { OwnScale = true },
                Direction.Raises,
                [S(-4), 0.5, NaN, 0.5, S(-7), S(12), S(-4)]
            },
            { new AsIs(), Direction.Lowers, [-4, -8, NaN, -8, -1, -20, -4] },
        };

    [Theory]
    [MemberData(nameof(Worked), DisableDiscoveryEnumeration = true)]
    public void Construct_Method_GivesWorkedValues(Normalisation method, Direction direction, double[] expected) =>
        AssertNear(expected, Normalised(One(_tied, method, direction)));

    [Fact]
    public void Construct_FloorOfOne_StartsThere() =>
        AssertNear([1, 1 + (99.0 / 7), 1 + (99 * 3.0 / 7), 100], Normalised(One(_smooth, new MinMax(), scaleFloor: 1)));

    /// <summary>
    /// Computed by COINr 1.1.14: n_zscore with mean 10 and deviation 3, n_prank, n_fracmax, and n_dist2targ of turned values.
    /// </summary>
    [Fact]
    public void Construct_SmallData_EqualsCoinr()
    {
        AssertNear(
            [
                8.83642797400327,
                8.84761397150648,
                NaN,
                8.97225794368506,
                8.82524197650007,
                8.86359396793963,
                8.85240797043642,
                16.8024561959291,
            ],
            Normalised(One([30, 44, NaN, 200, 16, 64, 50, 10000], new ZScore(10, 3)))
        );
        AssertNear(
            [0.142857142857143, 0.142857142857143, 0.857142857142857, 0.571428571428571, 1, 0.714285714285714, 0.428571428571429, 0],
            Normalised(One([2, 2, 7, 4, 9, 5, 3, 1], new PercentileRank { OwnScale = true }))
        );
        AssertNear(
            [0.002, 0.0004, 0.0008, 0.0036, 0.0016, 0.0012, 0.0028, 1],
            Normalised(One([0.5, 0.1, 0.2, 0.9, 0.4, 0.3, 0.7, 250], new FractionOfMaximum { OwnScale = true }))
        );
        AssertNear(
            [1, 1, 0.888888888888889, 0.666666666666667, 0.444444444444444, 0.222222222222222, 0, 1],
            Normalised(One([10, 20, 30, 40, 50, 60, 70, 15], new DistanceToTarget(25, Capped: true) { OwnScale = true }, Direction.Lowers))
        );
    }

    [Fact]
    public void Construct_AnyColumn_EqualsNaiveImplementation() =>
        Gen.Select(SetCases.Columns, Gen.Int[0, 1_000_000], Gen.Bool, Gen.Bool)
            .Sample(
                (column, seed, lowers, target) =>
                {
                    var known = column.Where(double.IsFinite);
                    var method = target
                        ? new DistanceToTarget(lowers ? known.Min() - 1 : known.Max() + 1, Capped: seed % 2 == 0)
                        : SetCases.Method(new Random(seed));
                    if (method is CategoricalBands)
                        return;

                    var actual = Normalised(One(column, method, lowers ? Direction.Lowers : Direction.Raises));

                    AssertNear(NaiveMethods.Normalise(method, column, lowers), actual, 1e-10);
                },
                iter: 2_000
            );

    [Fact]
    public void Apply_AnyValue_StaysWithinItsBoundsAndKeepsTheOrder() =>
        Gen.Select(SetCases.Columns, Gen.Int[0, 1_000_000], Gen.Bool, Gen.Double[-1e6, 1e6], Gen.Double[0, 1e6])
            .Sample(
                (column, seed, lowers, value, more) =>
                {
                    var method = SetCases.Method(new Random(seed));
                    var treatment = seed % 2 == 0 ? new SkewDriven() : null;
                    var transform = TransformOf(One(column, method, lowers ? Direction.Lowers : Direction.Raises, treatment));

                    var (one, other) = (transform.Apply(value), transform.Apply(value + more));

                    Assert.True(double.IsFinite(one) && double.IsFinite(other), $"{method} gives {one}");
                    Assert.InRange(one, transform.Low, transform.High);

                    // Bands score as they say, and a share of the maximum turns round with the sign of that.
                    if (method is CategoricalBands or FractionOfMaximum)
                        return;
                    Assert.True(lowers ? other <= one + Slack(one) : other >= one - Slack(one), $"{method}: {one} then {other}");
                },
                iter: 5_000
            );

    [Fact]
    public void Construct_ScaledAndShiftedColumn_ChangesNoRankOrShare() =>
        Gen.Select(SetCases.Columns, Gen.Double[0.1, 50], Gen.Double[-100, 100], Gen.Bool)
            .Sample(
                (column, factor, shift, lowers) =>
                {
                    var direction = lowers ? Direction.Lowers : Direction.Raises;
                    double[] moved = [.. column.Select(value => (value * factor) + shift)];
                    foreach (var method in new Normalisation[] { new MinMax(), new ZScore(), new DistanceToMaximum() })
                        AssertNear(Normalised(One(column, method, direction)), Normalised(One(moved, method, direction)), 1e-9);
                },
                iter: 500
            );

    [Fact]
    public void Apply_ValueBeyondTheSet_IsHeldWhereTheMethodHasNoAnswer()
    {
        Assert.Equal(100, TransformOf(One(_smooth, new MinMax())).Apply(50));
        Assert.Equal(200, TransformOf(One(_smooth, new MinMax(Capped: false))).Apply(15), 1e-12);
        Assert.Equal(4, TransformOf(One(_smooth, new Ranking { OwnScale = true })).Apply(50));
        Assert.Equal(3, TransformOf(One(_smooth, new Ranking { OwnScale = true })).Apply(3));
        Assert.Equal(1, TransformOf(One(_smooth, new PercentileRank { OwnScale = true }, Direction.Lowers)).Apply(-5));
        Assert.Equal(1, TransformOf(One(_smooth, new DistanceToTarget(10, true) { OwnScale = true })).Apply(11));
        Assert.Equal(0, TransformOf(One(_smooth, new DistanceToTarget(10, true) { OwnScale = true })).Apply(-11));
    }

    private static double S(double x) => 1 / (1 + Math.Exp(-x));

    private static double Slack(double value) => 1e-9 * Math.Max(1, Math.Abs(value));
}
