using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>A random framework and random things that happen under it.</summary>
internal sealed record Case(Framework Model, IReadOnlyList<Step> Steps)
{
    public CompiledFramework Compiled { get; } = CompiledFramework.Compile(Model);

    /// <summary>
    /// Plays the steps from the first up to and without the one numbered <paramref name="end"/>, with an update after each.
    /// </summary>
    public ScoreState Play(int end = int.MaxValue)
    {
        var state = new ScoreState(Compiled);
        foreach (var step in Steps.Take(end))
        {
            step.Apply(state);
            state.Update();
        }

        return state;
    }

    public override string ToString() => $"{Describe(Model)} [{string.Join("; ", Steps)}]";

    private static string Describe(Framework model) => model switch
    {
        CompositeFramework composite => $"floor {composite.ScaleFloor:R} {Describe(composite.Root)}",
        LogisticFramework logistic => $"{logistic.Intercept:R} {logistic.Missing} {string.Join(", ", logistic.Predictors)}",
        _ => "",
    };

    private static string Describe(Element element) => element switch
    {
        Node node => $"{node.Code}*{node.Weight:R} {node.Direction} {node.Aggregation} {node.Missing} ({string.Join(", ", node.Children.Select(Describe))})",
        Leaf leaf => $"{leaf.Code}*{leaf.Weight:R} {leaf.Direction} {leaf.Normalisation}",
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

    public static (double Low, double High) RangeOf(Framework model, string indicator)
    {
        if (model is LogisticFramework logistic)
        {
            var range = logistic.Predictors.Single(predictor => predictor.Indicator == indicator).Range;
            return range is null ? (-1, 1) : (range.Low, range.High);
        }

        var posts = (Goalposts)LeavesOf(((CompositeFramework)model).Root).Single(leaf => leaf.Code == indicator).Normalisation;
        return (posts.Low, posts.High);
    }

    private static IEnumerable<Leaf> LeavesOf(Element element) =>
        element is Node node ? node.Children.SelectMany(LeavesOf) : [(Leaf)element];
}
