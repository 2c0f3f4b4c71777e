using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Short words for small frameworks.</summary>
internal static class Trees
{
    public static readonly Goalposts Percent = new(0, 100);

    public static Leaf Leaf(string code, double weight = 1, Direction direction = Direction.Raises, Normalisation? normalisation = null) =>
        new()
        {
            Code = code,
            Weight = weight,
            Direction = direction,
            Normalisation = normalisation ?? Percent,
        };

    public static Node Node(string code, MissingDataPolicy missing, params Element[] children) =>
        new()
        {
            Code = code,
            Name = code,
            Missing = missing,
            Children = [.. children],
        };

    public static CompositeFramework Framework(Node root, double scaleFloor = 0) =>
        new()
        {
            Id = "test",
            Version = 1,
            Root = root,
            ScaleFloor = scaleFloor,
            Bands = [new("low", 0), new("elevated", 40), new("high", 70)],
        };

    /// <summary>
    /// An index of which "intent" has a tenth of the weight and decides the level beside it: elevated from 50, high from 75.
    /// </summary>
    public static CompositeFramework WithIntent { get; } =
        Framework(
            Node(
                "index",
                new RenormaliseWeights(0),
                Node("intent", new RenormaliseWeights(0), Leaf("i1"), Leaf("i2")) with
                {
                    Weight = 0.1,
                },
                Leaf("rest", 0.9)
            )
        ) with
        {
            NodeLevels = [new("intent", [new("low", 0), new("elevated", 50), new("high", 75)], 0.5)],
        };

    /// <summary>The tree with geometric means throughout.</summary>
    public static CompositeFramework Geometric(CompositeFramework tree) =>
        tree.Edit((element, _) => element is Node node ? node with { Aggregation = Aggregation.Geometric } : element);

    public static LogisticFramework Logistic(double intercept, MissingDataPolicy missing, params Predictor[] predictors) =>
        new()
        {
            Id = "test",
            Version = 1,
            Intercept = intercept,
            Missing = missing,
            Predictors = [.. predictors],
            Bands = [new("low", 0), new("high", 0.5)],
        };

    public static ScoreState State(Framework framework, params (string Indicator, double Value)[] values)
    {
        var state = new ScoreState(CompiledFramework.Compile(framework));
        foreach (var (indicator, value) in values)
            state.Set(Find(state, indicator), value);
        state.Update();
        return state;
    }

    public static int Find(ScoreState state, string indicator) =>
        state.Framework.TryGetLeaf(indicator, out var leaf) ? leaf : throw new ArgumentException($"No leaf {indicator}.");

    public static double[] Contributions(ScoreState state)
    {
        var parts = new double[state.Framework.LeafCount];
        state.Contributions(parts);
        return parts;
    }
}
