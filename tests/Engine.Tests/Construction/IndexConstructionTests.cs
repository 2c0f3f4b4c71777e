using System.Collections.Immutable;
using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>All stages after each other.</summary>
public partial class IndexConstructionTests
{
    private static readonly ImmutableArray<ReferenceUnit> _units =
    [
        .. "nnssnsns".Select(
            (region, i) =>
                new ReferenceUnit(
                    ((char)('A' + i)).ToString(),
                    Groups: ImmutableDictionary<string, string>.Empty.Add("region", region.ToString())
                )
        ),
    ];

    private static readonly ReferenceSet _set = Of(
        _units,
        ("people", [10, 20, 5, 40, 8, 16, 25, 50]),
        ("a", [30, 44, NaN, 200, 16, 64, 50, 10000]),
        ("b", [5, 3, 8, NaN, 1, 5, 2, 9]),
        ("c", [2, 2, 7, 4, 9, 5, 3, 1]),
        ("e", [0.5, 0.1, 0.2, 0.9, 0.4, 0.3, 0.7, 250]),
        ("f", [10, 20, 30, 40, 50, 60, 70, 15])
    );

    /// <summary>
    /// Computed by COINr 1.1.14: Denominate, Impute (i_mean_grp), Treat (winmax 1; e by log_CT_orig, then boxcox of 0), Normalise (n_minmax
    /// from 1 to 100), Aggregate (a_gmean, then a_hmean).
    /// </summary>
    [Fact]
    public void Construct_WholePipeline_EqualsCoinr()
    {
        var built = IndexConstruction.Construct(Pipeline());

        AssertNear([3, 2.2, 69.6666666666667, 5, 2, 4, 2, 200], Column(built.Imputed, "a"));
        AssertNear([3, 2.2, 69.6666666666667, 5, 2, 4, 2, 69.6666666666667], Column(built.Treated, "a"));
        AssertNear(
            [
                0.336472236621213,
                0,
                0.0953101798043249,
                0.587786664902119,
                0.262364264467491,
                0.182321556793955,
                0.470003629245736,
                5.52505445337238,
            ],
            Column(built.Treated, "e")
        );
        AssertNear([2.46305418719212, 1.29261083743842, 100, 5.38916256157635, 1, 3.92610837438424, 1, 100], Column(built.Normalised, "a"));
        AssertNear([50.5, 75.25, 13.375, 21.625, 100, 50.5, 87.625, 1], Column(built.Normalised, "b"));
        AssertNear(
            [
                23.7321467510655,
                27.2424916463576,
                22.1167008142396,
                15.2790871520911,
                31.6227766016838,
                26.6660755036813,
                28.6398687409933,
                3.16227766016838,
            ],
            Column(built.Nodes, "p")
        );
        AssertNear(
            [
                16.0332412408564,
                5.7808948044434,
                13.8660865335107,
                22.4947439499606,
                18.2326852659881,
                11.2626062155154,
                6.91447130050946,
                30.9493489920774,
            ],
            Column(built.Nodes, "r")
        );
        AssertNear(
            [
                20.4576656768326,
                12.175407454344,
                18.4561092426982,
                17.1083762796187,
                25.4038987968049,
                18.3160181601528,
                13.9888222110932,
                4.51286353817263,
            ],
            built.Scores()
        );
    }

    /// <summary>Computed by COINr 1.1.14: a method for each indicator, and a_amean where 60 % of the children are there.</summary>
    [Fact]
    public void Construct_MethodsByIndicatorAndLevel_EqualsCoinr()
    {
        var p = Node("p", 2, Leaf("a", 1, new ZScore(10, 3)), Leaf("b", 3, new Ranking { OwnScale = true }, Direction.Lowers));
        var r = Node(
            "r",
            1,
            Leaf("c", 1, new PercentileRank { OwnScale = true }),
            Leaf("e", 2, new FractionOfMaximum { OwnScale = true }),
            Leaf("f", 1, new DistanceToTarget(25, Capped: true) { OwnScale = true }, Direction.Lowers)
        );

        var built = IndexConstruction.Construct(
            Over(_set, [p, r]) with
            {
                Root = Node("index", 1, p, r) with { Aggregation = new Copeland(OwnScale: true), Missing = new RenormaliseWeights(0) },
            }
        );

        AssertNear(
            [4.45910699350082, 5.96190349287662, NaN, NaN, 7.45631049412502, 4.46589849198491, 6.71310199260911, 4.95061404898227],
            Column(built.Nodes, "p")
        );
        AssertNear(
            [
                0.286714285714286,
                0.285914285714286,
                0.436907936507936,
                0.31132380952381,
                0.361911111111111,
                0.234726984126984,
                0.108542857142857,
                0.75,
            ],
            Column(built.Nodes, "r")
        );

        // COINr has −3 and −1 for C and D, which lack p: there a gap counts for the later unit.
        var (first, second) = (Column(built.Nodes, "p"), Column(built.Nodes, "r"));
        AssertNear(NaiveMethods.Copeland([.. first.Select((value, unit) => new[] { value, second[unit] })], [2, 1]), built.Scores());
    }

    [Fact]
    public void Construct_Screening_LeavesTheUnitsOfTooLittleData()
    {
        var framework = Pipeline() with { Screening = new Screening(0.9) };

        var built = IndexConstruction.Construct(framework);

        Assert.Equal(["A", "B", "E", "F", "G", "H"], built.Units.Select(unit => unit.Code));
        Assert.Equal(["C", "D"], built.ScreenedOut.Select(screened => screened.Unit.Code));
        Assert.All(built.ScreenedOut, screened => Assert.Equal("It has 4 of 5 indicators.", screened.Reason));
        Assert.Equal(6, built.Scores().Length);

        // Of 4 values 1 is other than 0.
        var zeros = Of(("a", [1, 2, 3]), ("b", [0, 5, 6]), ("c", [0, 7, 8]), ("d", [0, 1, 2]));
        Element[] leaves = [.. "abcd".Select(code => (Element)new Leaf { Code = code.ToString(), Normalisation = new MinMax() })];
        var nonZero = IndexConstruction.Construct(Over(zeros, leaves) with { Screening = new Screening(0, 0.3) });
        Assert.Equal("1 of its 4 values are other than 0.", Assert.Single(nonZero.ScreenedOut).Reason);
    }

    [Fact]
    public void Construct_MissingOrZeroDenominator_MakesAMissingValue()
    {
        var set = Of(("a", [10, 20, 30, 40]), ("people", [2, 0, NaN, 5]));

        var leaf = new Leaf
        {
            Code = "a",
            Normalisation = new MinMax(),
            Denominator = new Denominator("people", 100),
        };
        var built = IndexConstruction.Construct(Over(set, [leaf]));

        AssertNear([500, NaN, NaN, 800], Column(built.Denominated, "a"));
    }

    [Fact]
    public void Construct_WithoutASet_IsRefused()
    {
        var framework = Trees.Framework(Trees.Node("index", new RefuseIncomplete(), Trees.Leaf("a")));

        var refusal = Assert.Throws<InvalidModelException>(() => IndexConstruction.Construct(framework));

        Assert.Equal("reference", Assert.Single(refusal.Errors).Path);
    }
}
