using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>How the missing children of nodes are drawn whose weight the others take.</summary>
/// <param name="framework">The framework.</param>
/// <param name="options">What is unsure.</param>
/// <param name="sources">The numbers that the streams go by.</param>
/// <param name="owner">The country.</param>
internal sealed class MissingDraws(CompiledFramework framework, MonteCarloOptions options, Sources sources, ulong owner)
{
    /// <summary>Says how a node's missing children are drawn.</summary>
    /// <returns>How; null where they are left out.</returns>
    public MissingDrawn? Of(int node, NodePlan plan) =>
        options.Missing == MissingDraw.Scored
            ? new MissingDrawn(plan.UnitLow, plan.UnitSpan, sources.OfMissing(framework.Nodes[node].Code), owner)
            : null;
}

/// <summary>
/// The one draw that the missing children of a node share, because what is hidden is hidden together: a beta distribution of α + β = 2
/// around the children that are there, on the unit scale. It is put together of broken sticks, Σ pₖ·[uₖ &lt; mean] with pieces p that the
/// mean does not change, so
/// the same random numbers give a greater draw for a greater mean, and what is left of the stick after ten pieces has the mean itself, so
/// no mean is off. Source: J. Sethuraman, "A constructive definition of Dirichlet priors", Statistica Sinica 4 (1994).
/// </summary>
/// <param name="Low">Where the scale starts.</param>
/// <param name="Span">How long it is.</param>
/// <param name="Source">The node's number; −1 where the draw is the mean throughout.</param>
/// <param name="Owner">The country.</param>
internal sealed record MissingDrawn(double Low, double Span, int Source, ulong Owner)
{
    /// <summary>The pieces that are broken off; what is left then has a thousandth of the variance.</summary>
    private const int Pieces = 10;

    /// <summary>Draws a block.</summary>
    /// <param name="draws">Which draws.</param>
    /// <param name="count">For how many the children count that are there.</param>
    /// <param name="values">Their aggregate by draw, on the scale of the node; becomes what the missing ones are.</param>
    /// <param name="workspace">The memory.</param>
    public void Fill(in DrawBlock draws, double count, Span<double> values, Workspace workspace)
    {
        var means = workspace.Means.AsSpan();
        for (var i = 0; i < values.Length; i++)
            means[i] = ((count * ((values[i] - Low) / Span)) + 0.5) / (count + 1);
        if (Source < 0)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Low + (Span * means[i]);
            return;
        }

        var left = workspace.Left.AsSpan();
        left.Fill(1);
        values.Clear();
        var pieces = workspace.Pieces.AsSpan();
        var chances = workspace.Chances.AsSpan();
        for (var piece = 0; piece < Pieces; piece++)
        {
            draws.Missing(Source, 1 + (2 * piece), Owner).Fill(pieces, draws.First);
            draws.Missing(Source, 2 + (2 * piece), Owner).Fill(chances, draws.First);
            for (var i = 0; i < values.Length; i++)
            {
                // The rest of the stick after a piece is the root of an even number: a piece is a beta one of 1 and 2.
                var rest = left[i] * Math.Sqrt(pieces[i]);
                if (chances[i] < means[i])
                    values[i] += left[i] - rest;
                left[i] = rest;
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            // A mean off the unit scale, where values may leave it, is one point.
            var share = means[i] is > 0 and < 1 ? values[i] + (left[i] * means[i]) : means[i];
            values[i] = Low + (Span * share);
        }
    }
}
