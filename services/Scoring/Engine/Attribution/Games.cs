using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>A mean that is taken on a bent scale: h((sum + Σ moves) / weight).</summary>
internal readonly ref struct BentMeanGame(Link link, double sum, double weight, ReadOnlySpan<double> moves) : IGame
{
    private readonly ReadOnlySpan<double> _moves = moves;

    public double Value(scoped ReadOnlySpan<bool> joined)
    {
        var total = sum;
        for (var i = 0; i < joined.Length; i++)
            if (joined[i])
                total += _moves[i];
        return link.Back(Math.Max(0, total / weight));
    }
}

/// <summary>
/// A rule that looks at the order of the children: those that have joined have their later values, the others their earlier ones.
/// </summary>
internal readonly ref struct OrderGame(
    NodePlan plan,
    ReadOnlySpan<double> weights,
    int row,
    double[] then,
    double[] now,
    ReadOnlySpan<int> children
) : IGame
{
    private readonly ReadOnlySpan<double> _weights = weights;
    private readonly ReadOnlySpan<int> _children = children;
    private readonly double[] _terms = (double[])then.Clone();

    public double Value(scoped ReadOnlySpan<bool> joined)
    {
        for (var i = 0; i < joined.Length; i++)
            _terms[_children[i]] = joined[i] ? now[_children[i]] : then[_children[i]];
        var value = Aggregator.Ordered(plan, _terms, _weights, row);

        // Part of the way from one set of gaps to another, Copeland's method may have nothing to compare: nobody beats, nobody is beaten.
        return double.IsNaN(value) && plan.Copeland is { } copeland ? copeland.ScoreOf(0) : value;
    }
}
