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
        (4, Gen.Double[0, 1]));

    private static readonly Gen<Step> Step = Gen.Select(
        Gen.Int[0, 100_000],
        Position.Nullable(0.25),
        Gen.Double[0, 0.6],
        (number, position, error) => new Step(number, position, error));

    public static Gen<Step[]> Steps { get; } = Step.Array[1, 60];

    public static Gen<Framework> Arithmetic { get; } = Tree(geometric: false).Select(tree => (Framework)Trees.Framework(tree));

    public static Gen<Framework> Mixed { get; } = Tree(geometric: true).Select(tree => (Framework)Trees.Framework(tree, scaleFloor: 1));

    public static Gen<Framework> Logistic { get; } = Gen.Select(Gen.Double[-3, 3], Gen.Bool, Predictor.Array[1, 12], (intercept, hold, predictors) =>
        (Framework)Trees.Logistic(
            intercept,
            hold ? new HoldDefaults() : new RefuseIncomplete(),
            [.. predictors.Select((predictor, i) => predictor with
            {
                Indicator = $"x{i}",
                Coefficient = i == 0 ? predictor.Coefficient + 2 : predictor.Coefficient,
            })]));

    public static Gen<Framework> Composite { get; } = Gen.OneOf(Arithmetic, Mixed);

    public static Gen<Framework> Any { get; } = Gen.Frequency((2, Arithmetic), (2, Mixed), (1, Logistic));

    private static Gen<Predictor> Predictor => Gen.Select(
        Gen.Frequency((1, Gen.Const(0.0)), (5, Gen.Int[-100, 100].Select(hundredths => hundredths / 100.0))),
        Gen.Double[-2, 2],
        Gen.Double[0.5, 3],
        (coefficient, low, width) =>
            new Predictor("", coefficient) { Default = low + (width / 2), Range = new ValueRange(low, low + width) });

    public static Gen<Case> Cases(Gen<Framework> frameworks) => Gen.Select(frameworks, Steps, (model, steps) => new Case(model, steps));

    private static Gen<Node> Tree(bool geometric) => Branch(3, geometric).Select(root =>
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

    private static Gen<Leaf> Leaf => Gen.Select(Weight, Gen.Bool, Gen.Double[-100, 100], Gen.Double[0.1, 100], (weight, lowers, low, width) => new Leaf
    {
        Code = "",
        Weight = weight,
        Direction = lowers ? Direction.Lowers : Direction.Raises,
        Normalisation = new Goalposts(low, low + width),
    });

    private static Gen<MissingDataPolicy> Policy => Gen.Frequency(
        (3, Gen.Double[0, 1].Select(floor => (MissingDataPolicy)new RenormaliseWeights(floor))),
        (2, Gen.Const((MissingDataPolicy)new RenormaliseWeights(0))),
        (2, Gen.Double[1, 100].Select(value => (MissingDataPolicy)new HoldValue(value))),
        (1, Gen.Const((MissingDataPolicy)new RefuseIncomplete())));

    private static Element Number(Element element, ref int count)
    {
        var code = $"{(element is Node ? 'n' : 'x')}{count++}";
        if (element is not Node node) return element with { Code = code };
        var children = new Element[node.Children.Length];
        for (var i = 0; i < children.Length; i++) children[i] = Number(node.Children[i], ref count);
        return node with { Code = code, Children = [.. children] };
    }
}
