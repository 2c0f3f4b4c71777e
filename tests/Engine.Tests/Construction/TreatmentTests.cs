using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Outliers of the reference set, and the functions that their treatment leaves behind.</summary>
public class TreatmentTests
{
    private static readonly double[] _skewed = [1, 2, 2, 3, 5, 8, 13, 40];

    /// <summary>Computed by COINr 1.1.14: log_CT, log_CT_orig, log_CT_plus of the negative values, boxcox.</summary>
    public static TheoryData<Treatment, double[], double[]> Coinr =>
        new()
        {
            {
                new LogTransform(),
                _skewed,
                [
                    -0.941608539858445,
                    0.3293037471426,
                    0.3293037471426,
                    0.871293365943419,
                    1.47932922708708,
                    2.00012773496011,
                    2.51688969564105,
                    3.67351197698281,
                ]
            },
            {
                new LogTransform(LogForm.ShiftedBySkew),
                _skewed,
                [
                    -0.941608539858445,
                    0.3293037471426,
                    0.3293037471426,
                    0.871293365943419,
                    1.47932922708708,
                    2.00012773496011,
                    2.51688969564105,
                    3.67351197698281,
                ]
            },
            {
                new LogTransform(LogForm.ShiftedBySkew),
                [.. _skewed.Select(value => -value)],
                [
                    0.941608539858445,
                    -0.3293037471426,
                    -0.3293037471426,
                    -0.871293365943419,
                    -1.47932922708708,
                    -2.00012773496011,
                    -2.51688969564105,
                    -3.67351197698281,
                ]
            },
            {
                new LogTransform(LogForm.ShiftedByOne),
                _skewed,
                [
                    0,
                    0.693147180559945,
                    0.693147180559945,
                    1.09861228866811,
                    1.6094379124341,
                    2.07944154167984,
                    2.56494935746154,
                    3.68887945411394,
                ]
            },
            {
                new BoxCox(0.5),
                _skewed,
                [
                    0,
                    0.82842712474619,
                    0.82842712474619,
                    1.46410161513775,
                    2.47213595499958,
                    3.65685424949238,
                    5.21110255092798,
                    10.6491106406735,
                ]
            },
            {
                new BoxCox(0, MakePositive: false),
                _skewed,
                [
                    0,
                    0.693147180559945,
                    0.693147180559945,
                    1.09861228866811,
                    1.6094379124341,
                    2.07944154167984,
                    2.56494935746154,
                    3.68887945411394,
                ]
            },
            { new Winsorisation(3, Always: true), _skewed, [1, 2, 2, 3, 5, 5, 5, 5] },
            {
                new Winsorisation(null) { Test = new ShapeTest(0.5, 0.5) },
                [.. _skewed, 41, -3],
                [1, 2, 2, 3, 5, 8, 13, 13, 13, -3]
            },
        };

    [Theory]
    [MemberData(nameof(Coinr), DisableDiscoveryEnumeration = true)]
    public void Construct_Treatment_EqualsCoinr(Treatment treatment, double[] values, double[] expected) =>
        AssertNear(expected, Treated(values, treatment));

    [Fact]
    public void Construct_InnovationIndex_AppliesTheForm() =>
        AssertNear([0, Math.Log(5.0 / 3), Math.Log(3)], Treated([0, 1, 3], new LogTransform(LogForm.InnovationIndex)));

    [Fact]
    public void Construct_SkewDriven_TellsWhatItDid()
    {
        // Skewness and kurtosis before and after computed by COINr 1.1.14 (Treat with winmax 1 on a, log_CT_orig on b).
        var set = Of(
            ("a", [3, 2.2, 69.6666666666667, 5, 2, 4, 2, 200]),
            ("b", [0.5, 0.1, 0.2, 0.9, 0.4, 0.3, 0.7, 250]),
            ("c", [5, 3, 8, 7, 1, 5, 2, 9])
        );
        Leaf Leaf(string code, Treatment first) =>
            new()
            {
                Code = code,
                Normalisation = new MinMax(),
                Treatment = new SkewDriven { First = first, Second = null },
            };

        var treatments = IndexConstruction
            .Construct(
                Over(
                    set,
                    [Leaf("a", new Winsorisation(1)), Leaf("b", new LogTransform(LogForm.ShiftedByOne)), Leaf("c", new Winsorisation())]
                )
            )
            .Treatments;

        Assert.Equal(
            [("winsorisation", 1, 0), ("logarithm", 0, 0), ("none", 0, 0)],
            treatments.Select(t => (t.Method, t.HighPoints, t.LowPoints))
        );
        AssertNear([2.3255841027973014, 5.398739118052064], [treatments[0].Before.Skewness, treatments[0].Before.Kurtosis]);
        AssertNear([1.43525756727434, -0.00654726630050876], [treatments[0].After.Skewness, treatments[0].After.Kurtosis]);
        AssertNear([2.8283776097943245, 7.999789822773739], [treatments[1].Before.Skewness, treatments[1].Before.Kurtosis], 1e-11);
        AssertNear([2.7694005894881, 7.7485176704127], [treatments[1].After.Skewness, treatments[1].After.Kurtosis], 1e-11);
        Assert.Equal(treatments[2].Before, treatments[2].After);
    }

    [Fact]
    public void Construct_SecondTreatment_StartsAfreshOrBuildsOnTheFirst()
    {
        double[] values = [1, 2, 3, 4, 5, 300, 400];
        var test = new ShapeTest(0.1, -3);
        var course = new SkewDriven
        {
            First = new Winsorisation(1) { Test = test },
            Test = test,
            Second = new LogTransform(),
        };

        var afresh = Treated(values, course);
        var combined = Treated(values, course with { Combine = true });

        AssertNear([.. values.Select(value => Math.Log(value - 1 + 3.99))], afresh);
        AssertNear([.. values.Select(value => Math.Log(Math.Min(value, 300) - 1 + 2.99))], combined);
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0, 1 })] // one step leaves equal values, which have no shape
    [InlineData(new double[] { 1, 100 })] // too few
    [InlineData(new double[] { 1, 2, 900 })]
    public void Construct_ShapeWithoutAnswer_LeavesTheIndicator(double[] values) => Assert.Equal(values, Treated(values, new SkewDriven()));

    [Fact]
    public void Construct_AnyWinsorisation_IsAClipThatPassesOrStopsAtItsLimit() =>
        Gen.Select(SetCases.Columns, Gen.Int[0, 6])
            .Sample(
                (column, points) =>
                {
                    var rule = new Winsorisation(points) { Test = new ShapeTest(1, 1) };
                    var built = IndexConstruction.Construct(One(column, treatment: rule));
                    var treated = Column(built.Treated, "x");
                    var known = treated.Where(value => !double.IsNaN(value)).ToArray();
                    var (low, high) = (known.Min(), known.Max());
                    var treatment = built.Treatments[0];

                    AssertNear([.. column.Select(value => Math.Max(low, Math.Min(high, value)))], treated, 0);
                    Assert.Equal(column.Where((value, i) => value > treated[i]).Count(), treatment.HighPoints);
                    Assert.Equal(column.Where((value, i) => value < treated[i]).Count(), treatment.LowPoints);

                    // Either the test is passed, or the limit reached; a last step may change several tied points and so go past it.
                    Assert.True(NaiveMethods.Passes(treated, rule.Test) || treatment.HighPoints + treatment.LowPoints >= points);
                }
            );

    [Fact]
    public void Apply_ValueBeyondTheSet_IsHeldAtTheEndWhereALogarithmRunsOut()
    {
        foreach (
            var (treatment, beyond, end) in new (Treatment, double, double)[]
            {
                (new LogTransform(), -1000, 1),
                (new LogTransform(LogForm.ShiftedByOne), -1000, 1),
                (new LogTransform(LogForm.InnovationIndex), -1000, 1),
                (new BoxCox(-0.5), -1000, 1),
                (new BoxCox(2, MakePositive: false), -1000, 1),
            }
        )
        {
            var transform = TransformOf(One(_skewed, new ZScore(), treatment: treatment));
            Assert.Equal(transform.Apply(end), transform.Apply(beyond));
            Assert.True(transform.Apply(1000) > transform.Apply(40));
        }

        var turned = TransformOf(
            One([.. _skewed.Select(value => -value)], new ZScore(), treatment: new LogTransform(LogForm.ShiftedBySkew))
        );
        Assert.Equal(turned.Apply(-1), turned.Apply(1000));
        Assert.True(turned.Apply(-1000) < turned.Apply(-40));
    }
}
