using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>One small framework for each way of computing a score.</summary>
internal static class MixedFrameworks
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    /// <summary>Gets six units that a country can be ranked among.</summary>
    public static ReferenceSet Reference { get; } =
        new(
            [.. Enumerable.Range(0, 6).Select(unit => new ReferenceUnit($"U{unit}"))],
            ["a", "b", "c", "d", "e", "f", "people"],
            [
                10,
                20,
                90,
                35,
                15,
                80,
                4,
                25,
                60,
                70,
                45,
                18,
                20,
                6,
                35,
                40,
                65,
                65,
                60,
                55,
                5,
                60,
                35,
                50,
                20,
                25,
                60,
                8,
                75,
                80,
                30,
                75,
                40,
                35,
                3,
                90,
                65,
                10,
                90,
                95,
                90,
                9,
            ]
        );

    public static ImmutableArray<string> Names => [.. All.Keys];

    public static ImmutableSortedDictionary<string, Framework> All { get; } =
        new Dictionary<string, Framework>
        {
            ["arithmetic"] = Tree(Aggregation.Arithmetic),
            ["geometric"] = Tree(Aggregation.Geometric),
            ["harmonic"] = Tree(Aggregation.Harmonic),
            ["quadratic"] = Tree(new GeneralisedMean(2)),
            ["cubic"] = Tree(new GeneralisedMean(3)),
            ["median"] = Tree(new MedianChild()),
            ["minimum"] = Tree(new MinimumChild()),
            ["maximum"] = Tree(new MaximumChild()),
            ["copeland"] = Tree(new Copeland()),
            ["z-score"] = Tree(Aggregation.Arithmetic, new ZScore()),
            ["min-max"] = Tree(Aggregation.Geometric, new MinMax()),
            ["percentile"] = Tree(Aggregation.Arithmetic, new PercentileRank()),
            ["curve"] = Tree(Aggregation.Arithmetic, new LogisticCurve(50, 0.1)),
            ["winsorised"] = Tree(Aggregation.Arithmetic, new MinMax(), new Winsorisation(2, Always: true)),
            ["logarithmic"] = Tree(Aggregation.Arithmetic, new MinMax(), new LogTransform()),
            ["denominated"] = Denominated(),
            ["logistic"] = Regression(),
            ["ensemble"] = Ensemble(),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Gets a value for each indicator that any of them reads, somewhere in the middle.</summary>
    public static ImmutableArray<(string Indicator, double Value)> Values { get; } =
    [("a", 30), ("b", 45), ("c", 62), ("d", 55), ("e", 20), ("f", 70), ("people", 5)];

    private static CompositeFramework Tree(Aggregation aggregation, Normalisation? normalisation = null, Treatment? treatment = null)
    {
        var root = Branch(
            "index",
            Branch("f1", Of("a", 2), Of("b"), Of("c", 1, Direction.Lowers)) with
            {
                Weight = 3,
            },
            Branch("f2", Of("d"), Of("e", 2)) with
            {
                Direction = Direction.Lowers,
            },
            Of("f")
        );
        return Framework(root, 1) with { Reference = Reference };

        Node Branch(string code, params Element[] children) => Node(code, _skip, children) with { Aggregation = aggregation };

        Leaf Of(string code, double weight = 1, Direction direction = Direction.Raises) =>
            Leaf(code, weight, direction, normalisation) with
            {
                Treatment = treatment,
            };
    }

    private static CompositeFramework Denominated()
    {
        var root = Node(
            "index",
            _skip,
            Leaf("a") with
            {
                Denominator = new Denominator("people", 10),
            },
            Leaf("b") with
            {
                Denominator = new Denominator("people", 5),
            }
        );
        return Framework(root);
    }

    private static LogisticFramework Regression() =>
        Logistic(-1, new RefuseIncomplete(), Predictors) with
        {
            Interactions = [new Interaction(0.0004, ["a", "b"]), new Interaction(-0.0002, ["c", "c"])],
            Calibration = new PlattCalibration(1.2, -0.1),
        };

    private static EnsembleFramework Ensemble() =>
        new()
        {
            Id = "ensemble",
            Version = 1,
            Bands = [new("low", 0), new("high", 0.5)],
            Missing = new RefuseIncomplete(),
            Calibration = new IsotonicCalibration([new(0, 0.02), new(0.4, 0.3), new(1, 0.9)]),
            Members =
            [
                new EnsembleMember("first", 2) { Intercept = -1, Predictors = [.. Predictors] },
                new EnsembleMember("second") { Intercept = 0.5, Predictors = [Predictors[1] with { Coefficient = -0.02 }] },
            ],
        };

    private static Predictor[] Predictors =>
        [new("a", 0.02) { Range = new(0, 100) }, new("b", -0.03) { Range = new(0, 100) }, new("c", 0.01) { Range = new(0, 100) }];
}
