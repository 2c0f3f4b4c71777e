using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Compilation;

/// <content>Models with one thing wrong each.</content>
public partial class ModelValidatorTests
{
    public static TheoryData<string, Framework> Invalid
    {
        get
        {
            var tree = Framework(Node("index", _skip, Leaf("a"), Node("f", _skip, Leaf("b"), Leaf("c"))));
            var model = Logistic(0, new HoldDefaults(), new Predictor("a", 1) { Default = 1, Range = new(0, 1) });
            var ensemble = new EnsembleFramework
            {
                Id = "test",
                Version = 1,
                Bands = model.Bands,
                Missing = new HoldDefaults(),
                Members =
                [
                    new("one") { Intercept = 0, Predictors = model.Predictors },
                    new("two") { Intercept = 1, Predictors = model.Predictors },
                ],
            };
            return new TheoryData<string, Framework>
            {
                { "id", tree with { Id = " " } },
                { "version", tree with { Version = 0 } },
                { "bands", tree with { Bands = default } },
                { "bands", tree with { Bands = [] } },
                { "bands[0].lowerBound", tree with { Bands = [new("low", 1)] } },
                { "bands[1].lowerBound", tree with { Bands = [new("low", 0), new("high", 0)] } },
                { "bands[2].lowerBound", tree with { Bands = [new("low", 0), new("high", 50), new("middle", 40)] } },
                { "bands[1].lowerBound", tree with { Bands = [new("low", 0), new("high", 100)] } },
                { "bands[1].lowerBound", tree with { Bands = [new("low", 0), new("high", double.NaN)] } },
                { "bands[1].name", tree with { Bands = [new("low", 0), new("low", 50)] } },
                { "bands[0].name", tree with { Bands = [new("", 0)] } },
                { "scaleFloor", tree with { ScaleFloor = -1 } },
                { "scaleFloor", tree with { ScaleFloor = 100 } },
                { "scaleFloor", tree with { ScaleFloor = double.NaN } },
                { "root", tree with { Root = null! } },
                { "root.direction", tree with { Root = tree.Root with { Direction = Direction.Lowers } } },
                { "root.children", tree with { Root = tree.Root with { Children = [] } } },
                { "root.children", tree with { Root = tree.Root with { Children = default } } },
                { "root.children[0]", WithChildren([null!, Leaf("b")]) },
                { "root.children[1].code", WithChildren([Leaf("a"), Leaf("a")]) },
                { "root.children[1].children[0].code", WithChildren([Leaf("a"), Node("f", _skip, Leaf("a"))]) },
                { "root.children[0].code", WithChildren([Leaf("")]) },
                { "root.children[0].code", WithChildren([Leaf("index")]) },
                { "root.children[0].weight", WithChildren([Leaf("a", -1), Leaf("b", 2)]) },
                { "root.children[0].weight", WithChildren([Leaf("a", double.NaN), Leaf("b", 2)]) },
                { "root.children", WithChildren([Leaf("a", 0), Leaf("b", 0)]) },
                { "root.children", WithChildren([Leaf("a", double.MaxValue), Leaf("b", double.MaxValue)]) },
                { "root.children[0].direction", WithChildren([Leaf("a", 1, (Direction)7)]) },
                { "root.children[0].normalisation", WithChildren([Leaf("a") with { Normalisation = null! }]) },
                { "root.children[0].normalisation", WithChildren([Leaf("a", normalisation: new Goalposts(5, 5))]) },
                { "root.children[0].normalisation", WithChildren([Leaf("a", normalisation: new Goalposts(6, 5))]) },
                { "root.children[0].normalisation", WithChildren([Leaf("a", normalisation: new Goalposts(double.NegativeInfinity, 5))]) },
                {
                    "root.children[0].normalisation",
                    WithChildren([Leaf("a", normalisation: new Goalposts(-double.MaxValue, double.MaxValue))])
                },
                { "root.children[0].validity", WithChildren([Leaf("a") with { Validity = TimeSpan.Zero }]) },
                { "root.aggregation", tree with { Root = tree.Root with { Aggregation = null! } } },
                { "root.aggregation", tree with { Root = tree.Root with { Aggregation = Aggregation.Geometric } } },
                { "root.children[0].children[0].normalisation", UncappedUnderGeometric() },
                { "root.missing", tree with { Root = tree.Root with { Missing = null! } } },
                { "root.missing", tree with { Root = tree.Root with { Missing = new HoldDefaults() } } },
                { "root.missing.coverageFloor", tree with { Root = tree.Root with { Missing = new RenormaliseWeights(1.1) } } },
                { "root.missing.coverageFloor", tree with { Root = tree.Root with { Missing = new RenormaliseWeights(double.NaN) } } },
                { "root.missing.value", tree with { Root = tree.Root with { Missing = new HoldValue(101) } } },
                { "root.missing.value", tree with { ScaleFloor = 1, Root = tree.Root with { Missing = new HoldValue(0) } } },
                { "root.weighting", tree with { Root = tree.Root with { Weighting = null! } } },
                { "root.aggregation", tree with { Root = tree.Root with { Aggregation = Aggregation.Harmonic } } },
                { "root.aggregation", tree with { Root = tree.Root with { Aggregation = new GeneralisedMean(-1) } } },
                { "root.aggregation", tree with { Root = tree.Root with { Aggregation = new Copeland() } } },
                { "root.weighting", tree with { Root = tree.Root with { Weighting = new PrincipalComponentWeights() } } },
                { "root.children[0].normalisation", WithChildren([Leaf("a", normalisation: new ZScore())]) },
                { "root.children[0].denominator.indicator", WithChildren([Leaf("a") with { Denominator = new("a") }]) },
                { "root.children[0].denominator.indicator", WithChildren([Leaf("a") with { Denominator = new("index") }]) },
                {
                    "root.children[0].denominator.validity",
                    WithChildren([Leaf("a") with { Denominator = new("b") }, Leaf("b") with { Validity = TimeSpan.FromDays(1) }])
                },
                {
                    "root.children[1].denominator.validity",
                    WithChildren([
                        Leaf("a") with
                        {
                            Denominator = new("p"),
                        },
                        Leaf("b") with
                        {
                            Denominator = new("p", 1, TimeSpan.FromDays(1)),
                        },
                    ])
                },
                { "intercept", model with { Intercept = double.NaN } },
                { "missing", model with { Missing = new RenormaliseWeights(0.5) } },
                { "missing", model with { Missing = null! } },
                { "predictors", model with { Predictors = [] } },
                { "predictors", model with { Predictors = [model.Predictors[0] with { Coefficient = 0 }] } },
                { "predictors[1]", model with { Predictors = [model.Predictors[0], null!] } },
                { "predictors[1].indicator", model with { Predictors = [model.Predictors[0], model.Predictors[0]] } },
                { "predictors[0].indicator", model with { Predictors = [model.Predictors[0] with { Indicator = "" }] } },
                {
                    "predictors[0].coefficient",
                    model with
                    {
                        Predictors = [model.Predictors[0] with { Coefficient = double.PositiveInfinity }],
                    }
                },
                { "predictors[0].default", model with { Predictors = [model.Predictors[0] with { Default = null }] } },
                { "predictors[0].default", model with { Predictors = [model.Predictors[0] with { Default = double.NaN }] } },
                { "predictors[0].range", model with { Predictors = [model.Predictors[0] with { Range = null }] } },
                { "predictors[0].range", model with { Predictors = [model.Predictors[0] with { Range = new(1, 1) }] } },
                { "predictors[0].validity", model with { Predictors = [model.Predictors[0] with { Validity = TimeSpan.FromDays(-1) }] } },
                { "bands[1].lowerBound", model with { Bands = [new("low", 0), new("high", 1)] } },
                { "interactions[0].indicators", model with { Interactions = [new(1, ["a"])] } },
                { "interactions[0].indicators", model with { Interactions = [new(1, default)] } },
                { "interactions[0].indicators", model with { Interactions = [null!] } },
                { "interactions[0].indicators[1]", model with { Interactions = [new(1, ["a", "none"])] } },
                { "interactions[0].coefficient", model with { Interactions = [new(double.NaN, ["a", "a"])] } },
                {
                    "predictors[1].default",
                    model with
                    {
                        Predictors = [.. model.Predictors, new("b", 0) { Range = new(0, 1) }],
                        Interactions = [new(1, ["a", "b"])],
                    }
                },
                { "calibration.slope", model with { Calibration = new PlattCalibration(0, 0) } },
                { "calibration.intercept", model with { Calibration = new PlattCalibration(1, double.NaN) } },
                { "calibration.points", model with { Calibration = new IsotonicCalibration([]) } },
                {
                    "calibration.points[1].probability",
                    model with
                    {
                        Calibration = new IsotonicCalibration([new(0.5, 0.1), new(0.5, 0.2)]),
                    }
                },
                { "calibration.points[1].frequency", model with { Calibration = new IsotonicCalibration([new(0.1, 0.2), new(0.5, 0.1)]) } },
                { "calibration.points[0].frequency", model with { Calibration = new IsotonicCalibration([new(0.1, 1.2)]) } },
                { "missing", ensemble with { Missing = new HoldValue(1) } },
                { "members", ensemble with { Members = default } },
                { "members", ensemble with { Members = [ensemble.Members[0]] } },
                { "members[1]", ensemble with { Members = [ensemble.Members[0], null!] } },
                { "members[1].code", ensemble with { Members = [ensemble.Members[0], ensemble.Members[0]] } },
                { "members[1].code", ensemble with { Members = [ensemble.Members[0], ensemble.Members[1] with { Code = "a" }] } },
                { "members[1].code", ensemble with { Members = [ensemble.Members[0], ensemble.Members[1] with { Code = "probability" }] } },
                { "members[0].weight", ensemble with { Members = [ensemble.Members[0] with { Weight = 0 }, ensemble.Members[1]] } },
                { "members", ensemble with { Members = [.. ensemble.Members.Select(member => member with { Weight = double.MaxValue })] } },
                {
                    "members[1].intercept",
                    ensemble with
                    {
                        Members = [ensemble.Members[0], ensemble.Members[1] with { Intercept = double.NaN }],
                    }
                },
                {
                    "members[1].predictors",
                    ensemble with
                    {
                        Members = [ensemble.Members[0], ensemble.Members[1] with { Predictors = [] }],
                    }
                },
                {
                    "members[1].calibration.slope",
                    ensemble with
                    {
                        Members = [ensemble.Members[0], ensemble.Members[1] with { Calibration = new PlattCalibration(-1, 0) }],
                    }
                },
                { "calibration.slope", ensemble with { Calibration = new PlattCalibration(-1, 0) } },
                { "members[1].predictors[0].default", Differing(ensemble, predictor => predictor with { Default = 0.5 }) },
                { "members[1].predictors[0].range", Differing(ensemble, predictor => predictor with { Range = new(0, 2) }) },
                {
                    "members[1].predictors[0].validity",
                    Differing(ensemble, predictor => predictor with { Validity = TimeSpan.FromDays(1) })
                },
            };
        }
    }

    private static EnsembleFramework Differing(EnsembleFramework ensemble, Func<Predictor, Predictor> change) =>
        ensemble with
        {
            Members = [ensemble.Members[0], ensemble.Members[1] with { Predictors = [change(ensemble.Members[1].Predictors[0])] }],
        };

    private static CompositeFramework WithChildren(Element[] children) => Framework(Node("index", _skip, children));

    private static CompositeFramework UncappedUnderGeometric()
    {
        var factor = Node("f", _skip, Leaf("a", normalisation: new Goalposts(0, 1, Capped: false)));
        return Framework(Node("index", _skip, factor) with { Aggregation = Aggregation.Geometric }, scaleFloor: 1);
    }
}
