using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Yaml;

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
            { "generalised\n    exponent: 2", new GeneralisedMean(2), 1 },
            { "median", new MedianChild(), 0 },
            { "minimum", new MinimumChild(), 0 },
            { "maximum", new MaximumChild(), 0 },
            { "copeland", new Copeland(OwnScale: false), 0 },
            { "copeland\n    own-scale: true", new Copeland(OwnScale: true), 0 },
        };

    public static TheoryData<string, MissingDataPolicy> Policies =>
        new()
        {
            { "{minimum-coverage: 0.5}", new RenormaliseWeights(0.5) },
            {
                "{minimum-coverage: 0.5, minimum-presence: 0.65}",
                new RenormaliseWeights(0.5) { PresenceFloor = 0.65 }
            },
            {
                "{minimum-presence: 0.65}",
                new RenormaliseWeights(0) { PresenceFloor = 0.65 }
            },
            { "{treatment: stated-value, stated-value: 50, stated-spread: 20}", new HoldValue(50, 20) },
            { "{treatment: require-all}", new RefuseIncomplete() },
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
        Assert.Equal(expected, FileSample.Model<CompositeFramework>(FileSample.Node($"missing-data: {text}")).Root.Missing);
        FileSample.AssertCompiles(FileSample.Node($"missing-data: {text}"));
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
    [InlineData("aggregation: {method: median}", "aggregation", "Here belongs a text.")]
    [InlineData("weighting: pca", "weighting", "'pca' is not known as weighting")]
    [InlineData("weighting: {method: equal, influence: [1, 1]}", "weighting.influence", "Did you mean 'influences'?")]
    [InlineData("weighting: {method: correlation, influences: [1, many]}", "weighting.influences[1]", "'many' is no number")]
    [InlineData("missing-data: {treatment: leave-out}", "missing-data.treatment", "Write reweight, stated-value or require-all.")]
    public void Read_FaultInAMethod_NamesLineAndPath(string line, string path, string message)
    {
        var faults = Assert
            .Throws<FaultyFileException>(() => FrameworkFileReader.Read(FileSample.Folder(FileSample.Node(line)), "main.yaml"))
            .Faults;

        Assert.Contains(faults, fault =>
            fault.Place.Line == FileSample.LineOfNode
            && fault.Place.Path == $"framework.tree.{path}"
            && fault.Message.Contains(message, StringComparison.Ordinal)
        );
    }

    private static Weighting WeightingOf(string text)
    {
        FileSample.AssertCompiles(FileSample.Node($"weighting: {text}"));
        return FileSample.Model<CompositeFramework>(FileSample.Node($"weighting: {text}")).Root.Weighting;
    }
}
