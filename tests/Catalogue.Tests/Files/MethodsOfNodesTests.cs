using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Tests.Files;

/// <summary>Each method of a node, and what stands beside the tree, from the file through the contract to the engine's model.</summary>
public sealed class MethodsOfNodesTests
{
    public static TheoryData<string, Aggregation, double> Aggregations =>
        new()
        {
            { "arithmetic", Aggregation.Arithmetic, 0 },
            { "geometric", Aggregation.Geometric, 1 },
            { "harmonic", Aggregation.Harmonic, 1 },
            { "{method: generalised, exponent: 2}", new GeneralisedMean(2), 1 },
            { "median", new MedianChild(), 0 },
            { "minimum", new MinimumChild(), 0 },
            { "{method: maximum}", new MaximumChild(), 0 },
            { "copeland", new Copeland(OwnScale: false), 0 },
            { "{method: copeland, own-scale: true}", new Copeland(OwnScale: true), 0 },
        };

    public static TheoryData<string, MissingDataPolicy> Policies =>
        new()
        {
            { "{reweight-from: 0.5}", new RenormaliseWeights(0.5) },
            {
                "{reweight-from: 0.5, present: 0.65}",
                new RenormaliseWeights(0.5) { PresenceFloor = 0.65 }
            },
            {
                "{present: 0.65}",
                new RenormaliseWeights(0) { PresenceFloor = 0.65 }
            },
            { "{stated-value: 50, spread: 20}", new HoldValue(50, 20) },
            { "{require-all: true}", new RefuseIncomplete() },
        };

    [Theory]
    [MemberData(nameof(Aggregations), DisableDiscoveryEnumeration = true)]
    public void Read_Aggregation_IsTheEnginesMethodOnItsScaleAndCompiles(string text, Aggregation expected, double floor)
    {
        var model = FileSample.Model<CompositeFramework>(FileSample.Node($"aggregation: {text}"));

        Assert.Equal((expected, floor), (model.Root.Aggregation, model.ScaleFloor));
        FileSample.AssertCompiles(FileSample.Node($"aggregation: {text}"));
    }

    [Theory]
    [MemberData(nameof(Policies), DisableDiscoveryEnumeration = true)]
    public void Read_Missing_IsTheEnginesPolicyAndCompiles(string text, MissingDataPolicy expected)
    {
        Assert.Equal(expected, FileSample.Model<CompositeFramework>(FileSample.Node($"missing: {text}")).Root.Missing);
        FileSample.AssertCompiles(FileSample.Node($"missing: {text}"));
    }

    [Fact]
    public void Read_Weighting_IsTheEnginesMethodAndCompiles()
    {
        Assert.IsType<GivenWeights>(WeightingOf("given"));
        Assert.IsType<EqualWeights>(WeightingOf("equal"));
        Assert.IsType<PrincipalComponentWeights>(WeightingOf("{method: principal-component}"));
        Assert.Empty(Assert.IsType<CorrelationWeights>(WeightingOf("correlation")).Influences);
        Assert.Equal([2, 1.5], Assert.IsType<CorrelationWeights>(WeightingOf("{method: correlation, influences: [2, 1.5]}")).Influences);
        var plain = new CorrelationWeights([]);
        var usual = Assert.IsType<CorrelationWeights>(WeightingOf("correlation"));
        Assert.Equal((plain.Kind, plain.Tolerance, plain.MaximumEvaluations), (usual.Kind, usual.Tolerance, usual.MaximumEvaluations));
        var chosen = Assert.IsType<CorrelationWeights>(
            WeightingOf("{method: correlation, correlation: kendall, tolerance: 0.1, maximum-evaluations: 60}")
        );
        Assert.Equal((CorrelationKind.Kendall, 0.1, 60), (chosen.Kind, chosen.Tolerance, chosen.MaximumEvaluations));
    }

    [Fact]
    public void Read_NothingBesideTheChildren_IsTheArithmeticMeanOfGivenWeightsFromZero()
    {
        var model = FileSample.Model<CompositeFramework>(FileSample.Node("name: Index"));

        Assert.Equal(
            (Aggregation.Arithmetic, Weighting.Given, new RenormaliseWeights(0)),
            (model.Root.Aggregation, model.Root.Weighting, (RenormaliseWeights)model.Root.Missing)
        );
        Assert.Equal((0.0, null, null), (model.ScaleFloor, model.Reference, model.Screening));
    }

    [Fact]
    public void Read_ScaleFloorAndScreening_AreTheEngines()
    {
        var model = FileSample.Model<CompositeFramework>(
            FileSample.Node("aggregation: geometric") + "  scale-floor: 5\n  screening: {available: 0.6, non-zero: 0.5}\n"
        );
        var half = FileSample.Model<CompositeFramework>(FileSample.Node("aggregation: geometric") + "  screening: {available: 0.6}\n");

        Assert.Equal((5.0, new Screening(0.6, 0.5)), (model.ScaleFloor, model.Screening!));
        Assert.Equal((1.0, new Screening(0.6, 0)), (half.ScaleFloor, half.Screening!));
    }

    [Theory]
    [InlineData(
        "aggregation: sum",
        "aggregation",
        "Write arithmetic, geometric, harmonic, generalised, median, minimum, maximum or copeland."
    )]
    [InlineData("aggregation: generalised", "aggregation", "'exponent' is missing")]
    [InlineData("aggregation: {method: median, exponent: 2}", "aggregation.exponent", "not known here")]
    [InlineData("aggregation: {exponent: 2}", "aggregation.method", "'method' is missing")]
    [InlineData("weighting: pca", "weighting", "'pca' is no method of weighting")]
    [InlineData("weighting: {method: equal, influences: [1, 1]}", "weighting.influences", "not known here")]
    [InlineData("weighting: {method: correlation, influences: [1, many]}", "weighting.influences", "'many' is no number")]
    [InlineData("missing: {stated-value: 50, present: 0.5}", "missing.present", "goes with re-weighting")]
    [InlineData("missing: {stated-value: 50, require-all: true}", "missing", "Choose one")]
    public void Read_FaultInAMethod_NamesLineAndPath(string line, string path, string message)
    {
        var faults = Assert
            .Throws<FrameworkFileException>(() => FrameworkFileReader.Read(FileSample.Folder(FileSample.Node(line)), "main.yaml"))
            .Faults;

        Assert.Contains(faults, fault =>
            fault.Line == FileSample.LineOfNode
            && fault.Path == $"framework.tree.{path}"
            && fault.Message.Contains(message, StringComparison.Ordinal)
        );
    }

    private static Weighting WeightingOf(string text)
    {
        FileSample.AssertCompiles(FileSample.Node($"weighting: {text}"));
        return FileSample.Model<CompositeFramework>(FileSample.Node($"weighting: {text}")).Root.Weighting;
    }
}
