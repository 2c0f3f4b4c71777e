using System.Collections.Immutable;
using CsCheck;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Random frameworks of every shape, and what happens under them.</summary>
internal static class Generators
{
    private static readonly Gen<double> Weight = Gen.Frequency((1, Gen.Const(0.0)), (9, Gen.Double[0.1, 10]));

    private static readonly Gen<double> Position = Gen.Frequency(
        (1, Gen.OneOf(0.0, 1.0, 0.5)),
        (1, Gen.Double[-0.5, 1.5]),
        (4, Gen.Double[0, 1])
    );

    private static readonly Gen<Step> Step = Gen.Select(
        Gen.Int[0, 100_000],
        Position.Nullable(0.25),
        Gen.Double[0, 0.6],
        (number, position, error) => new Step(number, position, error)
    );

    public static Gen<Step[]> Steps { get; } = Step.Array[1, 60];

    public static Gen<Framework> Arithmetic { get; } = Tree(geometric: false).Select(tree => (Framework)Trees.Framework(tree));

    /// <summary>Arithmetic and geometric means over goalposts.</summary>
    public static Gen<Framework> Geometric { get; } = Tree(geometric: true).Select(tree => (Framework)Trees.Framework(tree, scaleFloor: 1));

    /// <summary>Every method of a tree, over a reference set.</summary>
    public static Gen<Framework> Mixed { get; } = Gen.Int[0, int.MaxValue - 1].Select(seed => (Framework)MixedTrees.Of(seed));

    public static Gen<Framework> Logistic { get; } =
        Gen.Select(Gen.Double[-3, 3], Gen.Bool, Predictors, (intercept, hold, predictors) =>
            (Framework)Trees.Logistic(intercept, hold ? new HoldDefaults() : new RefuseIncomplete(), predictors)
        );

    /// <summary>Products, calibrations and ensembles.</summary>
    public static Gen<Framework> Regressions { get; } =
        Gen.Select(Predictors, Gen.Bool, Member, Member, Member, Calibration, Gen.Int[1, 3], Assemble);

    /// <summary>Trees of goalposts and means, of which monotony and bounds are the plainest.</summary>
    public static Gen<Framework> Composite { get; } = Gen.OneOf(Arithmetic, Geometric);

    /// <summary>Those in which more of an indicator moves the score one way only.</summary>
    public static Gen<Framework> Monotone { get; } = Gen.Frequency((1, Arithmetic), (1, Geometric), (3, Mixed), (1, Logistic));

    public static Gen<Framework> Any { get; } = Gen.Frequency((1, Arithmetic), (1, Geometric), (3, Mixed), (1, Logistic), (2, Regressions));

    private static Gen<Predictor> Predictor =>
        Gen.Select(
            Gen.Frequency((1, Gen.Const(0.0)), (5, Gen.Int[-100, 100].Select(hundredths => hundredths / 100.0))),
            Gen.Double[-2, 2],
            Gen.Double[0.5, 3],
            (coefficient, low, width) =>
                new Predictor("", coefficient) { Default = low + (width / 2), Range = new ValueRange(low, low + width) }
        );

    private static Gen<Predictor[]> Predictors =>
        Predictor
            .Array[1, 12]
            .Select(predictors =>
                predictors
                    .Select(
                        (predictor, i) =>
                            predictor with
                            {
                                Indicator = $"x{i}",
                                Coefficient = i == 0 ? predictor.Coefficient + 2 : predictor.Coefficient,
                            }
                    )
                    .ToArray()
            );

    private static Gen<Calibration?> Calibration =>
        Gen.Frequency(
            (1, Gen.Const((Calibration?)null)),
            (
                1,
                Gen.Select(Gen.Double[0.3, 2], Gen.Double[-1, 1], (slope, intercept) =>
                    (Calibration?)new PlattCalibration(slope, intercept)
                )
            ),
            (1, Gen.Double[0.01, 1].Array[2, 6].Select(Isotonic))
        );

    private static Gen<(double Weight, double Intercept, int[] Factors, Calibration? Calibration)> Member =>
        Gen.Select(Gen.Double[0.1, 3], Gen.Double[-2, 2], Gen.Int[0, 11].Array[0, 9], Calibration);

    public static Gen<Case> Cases(Gen<Framework> frameworks) => Gen.Select(frameworks, Steps, (model, steps) => new Case(model, steps));

    private static Calibration? Isotonic(double[] steps)
    {
        var points = ImmutableArray.CreateBuilder<CalibrationPoint>();
        var (probability, frequency, whole) = (0.0, 0.0, steps.Sum());
        for (var i = 0; i < steps.Length; i++)
        {
            points.Add(new CalibrationPoint(probability, Math.Min(1, frequency)));
            probability += steps[i] / whole;

            // A step in three is level.
            frequency += i % 3 == 2 ? 0 : 0.9 * steps[^(i + 1)] / whole;
        }

        return new IsotonicCalibration(points.ToImmutable());
    }

    private static Framework Assemble(
        Predictor[] predictors,
        bool hold,
        (double Weight, double Intercept, int[] Factors, Calibration? Calibration) first,
        (double Weight, double Intercept, int[] Factors, Calibration? Calibration) second,
        (double Weight, double Intercept, int[] Factors, Calibration? Calibration) third,
        Calibration? calibration,
        int count
    )
    {
        MissingDataPolicy missing = hold ? new HoldDefaults() : new RefuseIncomplete();
        if (count == 1)
            return Trees.Logistic(first.Intercept, missing, predictors) with
            {
                Interactions = Products(first.Factors, predictors),
                Calibration = calibration,
            };
        return new EnsembleFramework
        {
            Id = "test",
            Version = 1,
            Bands = [new("low", 0), new("high", 0.5)],
            Missing = missing,
            Calibration = calibration,
            Members =
            [
                .. new[] { first, second, third }
                    .Take(count)
                    .Select(
                        (member, i) =>
                            new EnsembleMember($"m{i}", member.Weight)
                            {
                                Intercept = member.Intercept,
                                Calibration = member.Calibration,

                                // Each member leaves others out and has coefficients of its own; the first predictor is in all.
                                Predictors =
                                [
                                    .. Read(predictors, i)
                                        .Select(predictor =>
                                            predictor with
                                            {
                                                Coefficient = predictor.Coefficient * (i == 1 ? -0.7 : 1 + i),
                                            }
                                        ),
                                ],
                                Interactions = Products(member.Factors, Read(predictors, i)),
                            }
                    ),
            ],
        };
    }

    private static Predictor[] Read(Predictor[] predictors, int member) => [.. predictors.Where((_, i) => i == 0 || i % 3 != member)];

    /// <summary>Products of two and of three; a factor that is drawn twice is a square.</summary>
    private static ImmutableArray<Interaction> Products(int[] factors, Predictor[] predictors)
    {
        var products = ImmutableArray.CreateBuilder<Interaction>();
        for (var i = 0; i + 1 < factors.Length; i += 3)
        {
            var codes = factors.Skip(i).Take(i % 2 == 0 ? 2 : 3).Select(factor => predictors[factor % predictors.Length].Indicator);
            products.Add(new Interaction(((factors[i] * 7 % 11) - 5) / 10.0, [.. codes]));
        }

        return products.ToImmutable();
    }

    private static Gen<Node> Tree(bool geometric) =>
        Branch(3, geometric)
            .Select(root =>
            {
                var count = 0;
                return (Node)Number(root with { Direction = Direction.Raises }, ref count);
            });

    private static Gen<Node> Branch(int depth, bool geometric)
    {
        var leaf = Leaf.Select(element => (Element)element);
        var child = depth == 0 ? leaf : Gen.Frequency((1, leaf), (1, Branch(depth - 1, geometric).Select(node => (Element)node)));
        return Gen.Select(Weight, Gen.Bool, Gen.Bool, Policy, child.Array[1, 4], (weight, lowers, product, policy, children) => new Node
            {
                Code = "",
                Weight = weight,
                Direction = lowers ? Direction.Lowers : Direction.Raises,
                Aggregation = geometric && product ? Aggregation.Geometric : Aggregation.Arithmetic,
                Missing = policy,

                // At least one child must count, or the weights could not be normalised.
                Children = [children[0] with { Weight = children[0].Weight + 0.1 }, .. children[1..]],
            });
    }

    private static Gen<Leaf> Leaf =>
        Gen.Select(Weight, Gen.Bool, Gen.Double[-100, 100], Gen.Double[0.1, 100], (weight, lowers, low, width) => new Leaf
            {
                Code = "",
                Weight = weight,
                Direction = lowers ? Direction.Lowers : Direction.Raises,
                Normalisation = new Goalposts(low, low + width),
            });

    private static Gen<MissingDataPolicy> Policy =>
        Gen.Frequency(
            (3, Gen.Double[0, 1].Select(floor => (MissingDataPolicy)new RenormaliseWeights(floor))),
            (2, Gen.Const((MissingDataPolicy)new RenormaliseWeights(0))),
            (2, Gen.Double[1, 100].Select(value => (MissingDataPolicy)new HoldValue(value))),
            (1, Gen.Const((MissingDataPolicy)new RefuseIncomplete()))
        );

    private static Element Number(Element element, ref int count)
    {
        var code = $"{(element is Node ? 'n' : 'x')}{count++}";
        if (element is not Node node)
            return element with { Code = code };
        var children = new Element[node.Children.Length];
        for (var i = 0; i < children.Length; i++)
            children[i] = Number(node.Children[i], ref count);
        return node with { Code = code, Children = [.. children] };
    }
}
