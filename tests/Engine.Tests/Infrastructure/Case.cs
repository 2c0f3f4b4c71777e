using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>A random framework and random things that happen under it.</summary>
internal sealed record Case(Framework Model, IReadOnlyList<Step> Steps)
{
    public CompiledFramework Compiled { get; } = CompiledFramework.Compile(Model);

    /// <summary>Gets the row of the reference set that the country is in; every other country is in none.</summary>
    public int Row => Steps.Count % 2 == 0 && Model is CompositeFramework { Reference: { } set } ? set.RowOf("u2") : -1;

    public ReferenceUnit? Country => Row < 0 ? null : new ReferenceUnit("u2");

    /// <summary>
    /// Plays the steps from the first up to and without the one numbered <paramref name="end"/>, with an update after each.
    /// </summary>
    public ScoreState Play(int end = int.MaxValue)
    {
        var state = new ScoreState(Compiled, Country);
        foreach (var step in Steps.Take(end))
        {
            step.Apply(state);
            state.Update();
        }

        return state;
    }

    public override string ToString() => $"{Describe(Model)} [{string.Join("; ", Steps)}]";

    private static string Describe(Framework model) =>
        model switch
        {
            CompositeFramework composite => $"floor {composite.ScaleFloor:R} {Describe(composite.Root)}",
            LogisticFramework logistic =>
                $"{logistic.Intercept:R} {logistic.Missing} {logistic.Calibration} {string.Join(", ", logistic.Predictors)} "
                    + $"{Describe(logistic.Interactions)}",
            EnsembleFramework ensemble =>
                $"{ensemble.Missing} {ensemble.Calibration} {string.Join("; ", ensemble.Members.Select(member =>
            $"{member} {string.Join(", ", member.Predictors)} {Describe(member.Interactions)}"))}",
            _ => "",
        };

    private static string Describe(IEnumerable<Interaction> products) =>
        string.Join(" + ", products.Select(product => $"{product.Coefficient:R}·{string.Join("·", product.Indicators)}"));

    private static string Describe(Element element) =>
        element switch
        {
            Node node => $"{node.Code}*{node.Weight:R} {node.Direction} {node.Aggregation} {node.Missing} "
                + $"({string.Join(", ", node.Children.Select(Describe))})",
            Leaf leaf => $"{leaf.Code}*{leaf.Weight:R} {leaf.Direction} {leaf.Normalisation} {leaf.Denominator} {leaf.Imputation}",
            _ => "",
        };
}

/// <summary>
/// One thing that happens: a leaf is observed, somewhere from below its low goalpost to above its high one, or goes missing.
/// </summary>
internal sealed record Step(int Number, double? Position, double ErrorShare)
{
    public int LeafIn(CompiledFramework framework) => Number % framework.LeafCount;

    public void Apply(ScoreState state)
    {
        var leaf = LeafIn(state.Framework);
        if (Position is not { } position)
        {
            state.Clear(leaf);
            return;
        }

        var (low, high) = RangeOf(state.Framework.Model, state.Framework.Leaves[leaf].Indicator);
        state.Set(leaf, low + ((high - low) * position), (high - low) * ErrorShare);
    }

    public static (double Low, double High) RangeOf(Framework model, string indicator) =>
        model switch
        {
            CompositeFramework composite => RangeOf(composite, indicator),
            LogisticFramework logistic => RangeOf(logistic.Predictors, indicator),
            _ => RangeOf(((EnsembleFramework)model).Members.SelectMany(member => member.Predictors), indicator),
        };

    private static (double Low, double High) RangeOf(IEnumerable<Predictor> predictors, string indicator)
    {
        var range = predictors.First(predictor => predictor.Indicator == indicator).Range;
        return range is null ? (-1, 1) : (range.Low, range.High);
    }

    /// <summary>A tree's goalposts, or the range of what its reference set has.</summary>
    private static (double Low, double High) RangeOf(CompositeFramework model, string indicator)
    {
        if (model.Reference is not { } set)
        {
            var posts = (Goalposts)NaiveScales.LeavesOf(model.Root).Single(leaf => leaf.Code == indicator).Normalisation;
            return (posts.Low, posts.High);
        }

        var column = set.Column(indicator).Where(value => !double.IsNaN(value)).ToArray();
        return (column.Min(), column.Max());
    }
}
