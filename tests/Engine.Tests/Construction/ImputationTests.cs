using System.Collections.Immutable;
using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Imputing;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Gaps of the reference set, and those of live countries.</summary>
public class ImputationTests
{
    private static readonly ImmutableArray<ReferenceUnit> _regions =
    [
        .. "nnssnsns".Select((region, i) => Unit(((char)('A' + i)).ToString(), region == 'n' ? "north" : "south")),
        new("I"),
    ];

    private static readonly double[] _a = [3, 2.2, NaN, 5, 2, 4, 2, 200, NaN];

    private static readonly double[] _b = [5, 3, 8, NaN, 1, 5, 2, 9, 4];

    public static TheoryData<Imputation, double[], double[]> Central =>
        new()
        {
            { new CentralValue(), [218.2 / 7, 218.2 / 7], [37.0 / 8] },
            { new CentralValue(CentralStatistic.Median), [3, 3], [4.5] },
            // South without C: (5 + 4 + 200) / 3; the unit without a region stays without a value. Computed by COINr 1.1.14's i_mean_grp.
            { new CentralValue(CentralStatistic.Mean, "region"), [69.6666666666667, NaN], [7.33333333333333] },
            { new CentralValue(CentralStatistic.Median, "region"), [5, NaN], [8] },
        };

    [Theory]
    [MemberData(nameof(Central), DisableDiscoveryEnumeration = true)]
    public void Construct_CentralValue_FillsGapsAlone(Imputation imputation, double[] expectedA, double[] expectedB)
    {
        var built = IndexConstruction.Construct(Over(Of(_regions, ("a", _a), ("b", _b)), [Leaf("a", imputation), Leaf("b", imputation)]));

        AssertNear([3, 2.2, expectedA[0], 5, 2, 4, 2, 200, expectedA[1]], Column(built.Imputed, "a"));
        AssertNear([5, 3, 8, expectedB[0], 1, 5, 2, 9, 4], Column(built.Imputed, "b"));
        AssertNear(_a, Column(built.Denominated, "a"));

        // What is imputed counts in the score and not in the coverage.
        Assert.Equal(0.5, built.Coverage.At(2, 0));
        Assert.False(double.IsNaN(built.Nodes.At(2, 0)));
    }

    /// <summary>Computed by COINr 1.1.14: Impute by row within level 2 with i_mean, and over everything with i_median.</summary>
    [Fact]
    public void Construct_SiblingValue_EqualsCoinr()
    {
        double[] a = [30, 44, NaN, 200, 16, 64, 50, 10000],
            b = [5, 3, 8, NaN, 1, 5, 2, 9];
        double[] c = [2, 2, 7, 4, 9, 5, 3, 1],
            e = [0.5, 0.1, 0.2, 0.9, 0.4, 0.3, 0.7, 250],
            f = [10, 20, 30, 40, 50, 60, 70, 15];
        Leaf With(string code, CentralStatistic statistic, Direction direction = Direction.Raises) =>
            new()
            {
                Code = code,
                Direction = direction,
                Normalisation = new MinMax(),
                Imputation = new SiblingValue(statistic),
            };

        var pair = IndexConstruction.Construct(Over(Of(("a", a), ("b", b)), [With("a", 0), With("b", 0, Direction.Lowers)]));
        var all = IndexConstruction.Construct(
            Over(
                Of(("a", a), ("b", b), ("c", c), ("e", e), ("f", f)),
                [
                    With("a", CentralStatistic.Median),
                    With("b", CentralStatistic.Median, Direction.Lowers),
                    With("c", CentralStatistic.Median),
                    With("e", CentralStatistic.Median),
                    With("f", CentralStatistic.Median, Direction.Lowers),
                ]
            )
        );

        AssertNear([1264, 8.8525641025641], [pair.Imputed.At(2, 0), pair.Imputed.At(3, 1)]);
        AssertNear([3968, 7.42628205128205], [all.Imputed.At(2, 0), all.Imputed.At(3, 1)]);
    }

    /// <summary>Computed by COINr 1.1.14: impute_panel, of type linear-constant, latest, latest with max_time 2, and constant.</summary>
    public static TheoryData<Imputation, double[]> Panel =>
        new()
        {
            { new LinearBetweenTimes(), [10, 10, 20, 30, 40, 5, 5, 5, 5, 5] },
            { new LinearBetweenTimes(HoldEnds: false), [NaN, 10, 20, 30, 40, 5, NaN, NaN, NaN, NaN] },
            { new CarriedForward(), [NaN, 10, 10, 10, 40, 5, 5, 5, 5, 5] },
            { new CarriedForward(MaximumTimes: 2), [NaN, 10, 10, 10, 40, 5, 5, 5, NaN, NaN] },
            { new CarriedForward(HoldFirst: true), [10, 10, 10, 10, 40, 5, 5, 5, 5, 5] },
        };

    [Theory]
    [MemberData(nameof(Panel), DisableDiscoveryEnumeration = true)]
    public void Construct_BetweenTimes_EqualsCoinr(Imputation imputation, double[] expected)
    {
        var years = Enumerable.Range(2018, 5);
        ImmutableArray<ReferenceUnit> units = [.. "AB".SelectMany(code => years.Select(year => new ReferenceUnit($"{code}", year)))];

        var set = Of(units, ("a", [NaN, 10, NaN, NaN, 40, 5, NaN, NaN, NaN, NaN]));

        AssertNear(expected, Column(IndexConstruction.Construct(Over(set, [Leaf("a", imputation)])).Imputed, "a"));
    }

    [Fact]
    public void Fit_AnyData_NeverLowersTheLikelihood() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 5], Gen.Int[3, 25])
            .Sample(
                (seed, size, count) =>
                {
                    var normal = Fit(Rows(seed, size, count), size);

                    for (var i = 1; i < normal.LogLikelihoods.Count; i++)
                        Assert.True(
                            normal.LogLikelihoods[i] >= normal.LogLikelihoods[i - 1] - (1e-9 * Math.Abs(normal.LogLikelihoods[i])),
                            $"step {i}: {normal.LogLikelihoods[i - 1]:R} to {normal.LogLikelihoods[i]:R}"
                        );
                },
                iter: 200
            );

    [Fact]
    public void Fit_CompleteData_IsTheMeanAndCovariance()
    {
        var normal = Fit(Rows(5, 3, 20, gaps: false), 3);

        AssertNear([0, 0, 0], normal.Means);
        Assert.Equal(19.0 / 20, normal.Covariances[0], 1e-12);
        Assert.Equal(0, normal.UsedRidge);
    }

    [Fact]
    public void Fit_FewerUnitsThanVariables_NeedsTheRidge() =>
        Assert.Equal(MultivariateNormal.Ridge, Fit(Rows(5, 6, 4, gaps: false), 6).UsedRidge);

    [Fact]
    public void Construct_ExpectationMaximisation_IsWhereItsOwnExpectationsLeaveIt()
    {
        // y is 2x + noise. With one gap in y the fixed point is the regression of the complete units: the gap adds nothing to it.
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8],
            y = [2.1, 3.9, 6.2, NaN, 9.8, 12.1, 14.2, 15.9];
        Leaf With(string code) => Leaf(code, new ExpectationMaximisation());
        var built = IndexConstruction.Construct(Over(Of(("x", x), ("y", y)), [With("x"), With("y")]));
        int[] known = [0, 1, 2, 4, 5, 6, 7];
        var (mx, my) = (known.Average(i => x[i]), known.Average(i => y[i]));
        var slope = known.Sum(i => (x[i] - mx) * (y[i] - my)) / known.Sum(i => (x[i] - mx) * (x[i] - mx));

        Assert.Equal(my + (slope * (4 - mx)), built.Imputed.At(3, 1), 1e-9);
    }

    [Fact]
    public void Fill_LiveRow_UsesWhatTheSetTaughtAndTellsItsError()
    {
        var set = Of(_regions, ("a", _a), ("b", _b), ("c", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("d", [2, 4.5, 6, 7.5, 10, 12, 14.5, 16, 18]));
        var imputer = Resolver
            .Resolve(
                Over(
                    set,
                    [
                        Leaf("a", new CentralValue(CentralStatistic.Mean, "region")),
                        Leaf("b", null),
                        Leaf("c", new ExpectationMaximisation()),
                        Leaf("d", new ExpectationMaximisation()),
                    ]
                )
            )
            .Imputer!;
        double[] row = [NaN, NaN, NaN, 10],
            errors = new double[4];

        imputer.Fill(row, errors, _regions[0].Groups);

        // North: 3, 2.2, 2, 2. Their mean is 2.3 and their deviation √(0.68 / 3).
        Assert.Equal(2.3, row[0], 1e-12);
        Assert.Equal(Math.Sqrt(0.68 / 3), errors[0], 1e-12);
        Assert.True(double.IsNaN(row[1]));
        Assert.Equal(5, row[2], 0.1);
        Assert.InRange(errors[2], 0.01, 0.5);
        Assert.Equal((10, 0), (row[3], errors[3]));

        double[] nothing = [NaN, NaN, NaN, NaN];
        imputer.Fill(nothing, errors, null);
        Assert.All(nothing, value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Fill_AnyRow_AllocatesNothing()
    {
        var set = Of(_regions, ("a", _a), ("b", _b));
        var imputer = Resolver
            .Resolve(Over(set, [Leaf("a", new ExpectationMaximisation()), Leaf("b", new ExpectationMaximisation())]))
            .Imputer!;
        double[] row = [NaN, 4],
            errors = new double[2];
        imputer.Fill(row, errors, null);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            row[0] = NaN;
            imputer.Fill(row, errors, null);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ReferenceUnit Unit(string code, string region) =>
        new(code, Groups: ImmutableDictionary<string, string>.Empty.Add("region", region));

    private static Leaf Leaf(string code, Imputation? imputation) =>
        new()
        {
            Code = code,
            Normalisation = new ZScore(),
            Imputation = imputation,
        };

    private static MultivariateNormal Fit(double[][] rows, int size)
    {
        double[][] columns =
        [
            .. Enumerable.Range(0, size).Select(i => rows.Select(row => row[i]).Where(value => !double.IsNaN(value)).ToArray()),
        ];
        return MultivariateNormal.Fit(rows, [.. columns.Select(column => column.Average())], [.. columns.Select(NaiveMethods.Deviation)]);
    }

    private static double[][] Rows(int seed, int size, int count, bool gaps = true)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(row =>
                {
                    var common = random.NextDouble();
                    return Enumerable
                        .Range(0, size)
                        .Select(i => gaps && row > 2 && random.Next(5) == 0 ? NaN : common + (random.NextDouble() * i))
                        .ToArray();
                }),
        ];
    }
}
