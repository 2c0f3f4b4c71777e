using System.Collections.Immutable;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Each rule, by the path of the error it gives.</summary>
public class ConstructionRulesTests
{
    private const string First = "root.children[0]";

    private static readonly ReferenceSet _set = Of(
        ("a", [1, 2, 3, 4, 5]),
        ("b", [5, 3, 1, 4, 2]),
        ("flat", [7, 7, 7, 7, 7]),
        ("gone", [NaN, NaN, NaN, NaN, NaN]),
        ("lone", [NaN, 4, NaN, NaN, NaN]),
        ("zero", [-3, 0, -1, -2, -5])
    );

    public static TheoryData<string, CompositeFramework> Invalid =>
        new()
        {
            // Parameters.
            { "screening.available", Tree(Leaf("a")) with { Screening = new Screening(1.5) } },
            { "screening.nonZero", Tree(Leaf("a")) with { Screening = new Screening(0.5, -1) } },
            { $"{First}.normalisation.high", Tree(Leaf("a", new MinMax(5, 5) { OwnScale = true })) },
            { $"{First}.normalisation.deviation", Tree(Leaf("a", new ZScore(0, 0))) },
            { $"{First}.normalisation.mean", Tree(Leaf("a", new ZScore(NaN))) },
            { $"{First}.normalisation.steepness", Tree(Leaf("a", new LogisticCurve(0, -1))) },
            { $"{First}.normalisation.target", Tree(Leaf("a", new DistanceToTarget(double.PositiveInfinity))) },
            { $"{First}.normalisation.unit", Tree(Leaf("a", new DistanceToReference(""))) },
            { $"{First}.normalisation.steps", Tree(Leaf("a", new CategoricalBands([new(0, 1)]))) },
            { $"{First}.normalisation.steps[1].from", Tree(Leaf("a", new CategoricalBands([new(0, 1), new(0, 2)]))) },
            { $"{First}.denominator.scale", Tree(Leaf("a") with { Denominator = new Denominator("b", 0) }) },
            { $"{First}.denominator.validity", Tree(Leaf("a") with { Denominator = new Denominator("b", 1, TimeSpan.Zero) }) },
            { $"{First}.treatment.maximumPoints", Tree(Leaf("a") with { Treatment = new Winsorisation(null, Always: true) }) },
            {
                $"{First}.treatment.first.maximumPoints",
                Tree(Leaf("a") with { Treatment = new SkewDriven { First = new Winsorisation(-1) } })
            },
            { $"{First}.treatment.test", Tree(Leaf("a") with { Treatment = new SkewDriven { Test = new ShapeTest(-1) } }) },
            { $"{First}.treatment.lambda", Tree(Leaf("a") with { Treatment = new BoxCox(NaN) }) },
            { $"{First}.treatment.form", Tree(Leaf("a") with { Treatment = new LogTransform((LogForm)9) }) },
            { $"{First}.imputation.maximumTimes", Tree(Leaf("a") with { Imputation = new CarriedForward(0) }) },
            { $"{First}.imputation.within", Tree(Leaf("a") with { Imputation = new ExpectationMaximisation("nowhere") }) },
            {
                "root.children[1].imputation.within",
                Tree(Node("f", Leaf("a")), Leaf("b") with { Imputation = new ExpectationMaximisation("f") })
            },
            { "root.aggregation.exponent", Tree(new GeneralisedMean(0), Leaf("a")) },
            {
                "root.children[0].missing.presenceFloor",
                Tree(Node("f", Leaf("a")) with { Missing = new RenormaliseWeights(0) { PresenceFloor = 2 } })
            },
            { "root.weighting.influences", Tree(new CorrelationWeights([1]), Leaf("a"), Leaf("b")) },
            { "root.weighting.influences", Tree(new CorrelationWeights([1, 0]), Leaf("a"), Leaf("b")) },
            { "root.weighting.tolerance", Tree(new CorrelationWeights([]) { Tolerance = 0 }, Leaf("a"), Leaf("b")) },
            // No set, or one that lacks something.
            { $"{First}.normalisation", Tree(Leaf("a")) with { Reference = null } },
            { $"{First}.treatment", Tree(Leaf("a", Trees.Percent) with { Treatment = new BoxCox(1) }) with { Reference = null } },
            { $"{First}.imputation", Tree(Leaf("a", Trees.Percent) with { Imputation = new CentralValue() }) with { Reference = null } },
            { "root.weighting", Tree(new PrincipalComponentWeights(), Leaf("a", Trees.Percent)) with { Reference = null } },
            { "root.aggregation", Tree(new Copeland(), Leaf("a", Trees.Percent)) with { Reference = null } },
            { $"{First}.normalisation", Tree(Leaf("x")) },
            { $"{First}.treatment", Tree(Leaf("x", Trees.Percent) with { Treatment = new BoxCox(1) }) },
            { $"{First}.normalisation", Tree(new Copeland(), Leaf("x", Trees.Percent)) },
            { $"{First}.denominator", Tree(Leaf("a") with { Denominator = new Denominator("x") }) },
            { $"{First}.normalisation", Tree(Leaf("a", new DistanceToReference("Z"))) },
            { $"{First}.normalisation", Tree(Leaf("lone", new DistanceToReference("A"))) },
            { $"{First}.imputation.group", Tree(Leaf("a") with { Imputation = new CentralValue(CentralStatistic.Mean, "region") }) },
            { $"{First}.imputation", Tree(Leaf("a") with { Imputation = new SiblingValue() }) },
            { $"{First}.imputation", Tree(Leaf("a") with { Imputation = new ExpectationMaximisation() }) },
            { $"{First}.imputation", Tree(Leaf("gone", Trees.Percent) with { Imputation = new CentralValue() }) },
            {
                "screening",
                Tree(Leaf("a"), Leaf("gone", Trees.Percent), Leaf("lone", Trees.Percent)) with
                {
                    Screening = new Screening(0.9),
                }
            },
            { "reference", Tree(Leaf("a")) with { Reference = new ReferenceSet([], ["a"], []) } },
            // A set on which a method is impossible.
            { $"{First}.normalisation", Tree(Leaf("gone")) },
            { $"{First}.normalisation", Tree(Leaf("flat")) },
            { $"{First}.normalisation", Tree(Leaf("lone", new ZScore())) },
            { $"{First}.normalisation", Tree(Leaf("lone", new PercentileRank())) },
            { $"{First}.normalisation", Tree(Leaf("zero", new FractionOfMaximum())) },
            { $"{First}.normalisation", Tree(Leaf("a", new DistanceToTarget(1))) },
            { $"{First}.normalisation", Tree(Leaf("a", new DistanceToTarget(6)) with { Direction = Direction.Lowers }) },
            { $"{First}.normalisation", Tree(Leaf("a", new DistanceToReference("A"))) },
            { $"{First}.treatment", Tree(Leaf("zero") with { Treatment = new BoxCox(1, MakePositive: false) }) },
            { $"{First}.treatment", Tree(Leaf("zero") with { Treatment = new LogTransform(LogForm.InnovationIndex) }) },
            { "root.weighting", Tree(new PrincipalComponentWeights(), Leaf("a"), Leaf("lone", Trees.Percent)) },
            { "root.weighting", Tree(new PrincipalComponentWeights(), Leaf("a"), Leaf("flat", Trees.Percent)) },
            { "root.weighting", Tree(new CorrelationWeights([]), Leaf("a"), Leaf("flat", Trees.Percent)) },
            { "root.aggregation", Tree(new Copeland(), Leaf("a", Trees.Percent)) with { Reference = Of(("a", [1])) } },
            // Values that may be too low for a mean.
            { "root.aggregation", Tree(Aggregation.Geometric, Leaf("a", Trees.Percent)) },
            { "root.aggregation", Tree(Aggregation.Harmonic, Leaf("a")) },
            { "root.aggregation", Tree(new GeneralisedMean(-1), Leaf("a", new BordaCount { OwnScale = true })) },
            { "root.aggregation", Tree(Aggregation.Harmonic, Leaf("a", new CategoricalBands([new(0, -1), new(2, 5)]))) },
            { $"{First}.normalisation", Tree(Aggregation.Geometric, Leaf("a", new ZScore())) },
            { $"{First}.normalisation", Tree(Aggregation.Geometric, Leaf("a", new AsIs())) with { Reference = null } },
            { $"{First}.children[0].normalisation", Tree(new GeneralisedMean(2), Node("f", Leaf("zero", new AsIs()))) },
        };

    /// <summary>What looks dangerous and is not.</summary>
    public static TheoryData<CompositeFramework> Valid =>
        new()
        {
            Tree(Aggregation.Geometric, Leaf("a", new Ranking { OwnScale = true }), Leaf("b", new MinMax(1, 100) { OwnScale = true })),
            Tree(new GeneralisedMean(2), Leaf("a"), Leaf("b", new PercentileRank())),
            Tree(Aggregation.Geometric, Leaf("a", new ZScore(60, 5)), Leaf("b", new FractionOfMaximum { OwnScale = true })),
            Tree(Aggregation.Harmonic, Leaf("a", new AsIs())),
            Tree(Leaf("x", Trees.Percent), Leaf("a")),
            Tree(Leaf("a", Trees.Percent) with { Imputation = new LinearBetweenTimes() }) with
            {
                Reference = null,
            },
            Tree(new PrincipalComponentWeights(), Leaf("a"), Leaf("b") with { Direction = Direction.Lowers }),
        };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Check_OneThingWrong_NamesItsPathAndAFix(string path, CompositeFramework framework)
    {
        var error = Assert.Single(ConstructionRules.Check(framework));

        Assert.Equal(path, error.Path);
        Assert.NotEmpty(error.Reason);
        Assert.NotEmpty(error.Fix);
        Assert.Contains(error, CompiledErrors(framework));
    }

    [Theory]
    [MemberData(nameof(Valid), DisableDiscoveryEnumeration = true)]
    public void Check_SoundFramework_FindsNothing(CompositeFramework framework)
    {
        Assert.Empty(ConstructionRules.Check(framework));
        Assert.Empty(CompiledErrors(framework));
    }

    [Fact]
    public void Check_UnsoundTree_LeavesItToTheRulesOfTrees()
    {
        Assert.Empty(ConstructionRules.Check(Tree(Leaf("a")) with { Root = null! }));
        Assert.Empty(ConstructionRules.Check(Tree(Leaf("a"), null!)));
        Assert.Empty(ConstructionRules.Check(Tree(Leaf("a"), Leaf("a"))));
        Assert.Empty(ConstructionRules.Check(Tree(Leaf("a", new Goalposts(3, 2)))));
    }

    [Fact]
    public void Check_ValueBelowTheSetUnderAGeometricMean_IsHeldAtTheSet()
    {
        // a is 1 to 5: its z-scores on 60 and 5 are above 0, and a live value far below would not be.
        var transform = TransformOf(Tree(Aggregation.Geometric, Leaf("a", new ZScore(60, 5))));

        Assert.Equal(transform.Apply(1), transform.Apply(-1000));
        Assert.True(transform.Apply(1000) > transform.Apply(5));
        Assert.True(transform.Low > 0);
    }

    private static ImmutableArray<EarlyWarning.Scoring.Engine.Validation.ModelError> CompiledErrors(CompositeFramework framework)
    {
        CompiledFramework.TryCompile(framework, out _, out var errors);
        return errors;
    }

    private static Leaf Leaf(string code, Normalisation? normalisation = null) =>
        new() { Code = code, Normalisation = normalisation ?? new MinMax() };

    private static Node Node(string code, params Element[] children) => Trees.Node(code, new RenormaliseWeights(0), children);

    private static CompositeFramework Tree(params Element[] children) => Over(_set, children);

    private static CompositeFramework Tree(Aggregation aggregation, params Element[] children)
    {
        var framework = Over(_set, children);
        return framework with { Root = framework.Root with { Aggregation = aggregation } };
    }

    private static CompositeFramework Tree(Weighting weighting, params Element[] children)
    {
        var framework = Over(_set, children);
        return framework with { Root = framework.Root with { Weighting = weighting } };
    }
}
