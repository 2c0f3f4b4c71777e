using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>The means of nodes that are not linear, by the first draws of those that ranges and probabilities are made of.</summary>
internal static class NodeMeans
{
    /// <summary>How many draws a mean is taken over.</summary>
    public const int Draws = 2 * Workspace.Block;

    private static readonly MonteCarloOptions _options = new() { Draws = Draws, Threads = 1 };

    /// <summary>Draws the nodes below or at which something is uncertain.</summary>
    /// <param name="state">The state.</param>
    /// <param name="means">By node; written where a node that is not linear differs from draw to draw.</param>
    /// <returns>Whether any does.</returns>
    public static bool Draw(AggregateState state, Span<double> means)
    {
        var framework = state.Framework;
        var numbers = new int[framework.Nodes.Length];
        Array.Fill(numbers, -1);
        var plans = framework.Layout.NodePlans;
        var sources = new Sources(framework, [framework], Varying.All);
        var deviates = new DeviateList(Seed.Of(state.Country?.Key ?? ""));
        var builder = new DrawPlanBuilder(
            state,
            new LeafDraws(state, _options, new MissingScales(framework), sources, deviates),
            new DrawnWeights(framework, [], sources.OfWeight),
            new MissingDraws(framework, _options, sources, deviates.Owner)
        );
        for (var node = 0; node < plans.Length; node++)
            if (!plans[node].IsLinear)
                numbers[node] = builder.Visit(node);
        if (!Array.Exists(numbers, number => number >= 0))
            return false;
        var sums = new double[numbers.Length];
        var (plan, drawn) = (new DrawPlan(builder.Nodes, -1, double.NaN), deviates.ToArray());
        var workspace = new Workspace(
            new WorkspaceSize(drawn.Length, plan.Nodes.Length, plan.Nodes.Select(node => node.ChildCount).DefaultIfEmpty().Max(), [0], 1)
        );
        var key = Seed.Of(framework.Model.Id, framework.Model.Version);
        for (var first = 0; first < Draws; first += Workspace.Block)
        {
            workspace.Begin();
            plan.Draw(0, workspace, drawn, new DrawBlock(key, first, null));
            for (var node = 0; node < numbers.Length; node++)
                if (numbers[node] >= 0)
                    sums[node] += Sum(workspace.Scores(numbers[node]), state.AggregateOf(node));
        }

        for (var node = 0; node < numbers.Length; node++)
            if (numbers[node] >= 0)
                means[node] = Math.Clamp(state.AggregateOf(node) + (sums[node] / Draws), plans[node].Low, plans[node].High);
        return true;
    }

    /// <summary>The sum of the distances from a value, which loses nothing where they are small.</summary>
    private static double Sum(ReadOnlySpan<double> scores, double origin)
    {
        var sum = 0.0;
        foreach (var score in scores)
            sum += score - origin;
        return sum;
    }
}
