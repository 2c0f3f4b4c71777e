namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>How the score of one country is drawn under one framework: the nodes that differ from draw to draw, children before parents.</summary>
/// <param name="Nodes">The nodes, the one asked for last; none where it is the same in all draws.</param>
/// <param name="Constant">Its score then; NaN without one.</param>
internal sealed record DrawPlan(DrawnNode[] Nodes, double Constant)
{
    /// <summary>Draws a block of scores.</summary>
    /// <param name="alternative">The number of the framework.</param>
    /// <param name="workspace">The memory.</param>
    /// <param name="deviates">The country's deviates.</param>
    /// <param name="draws">Which draws.</param>
    /// <returns>The scores, in memory that the next call uses again.</returns>
    public ReadOnlySpan<double> Draw(int alternative, Workspace workspace, Deviate[] deviates, in DrawBlock draws)
    {
        if (Nodes.Length == 0)
        {
            workspace.Sums.AsSpan().Fill(Constant);
            return workspace.Sums;
        }

        for (var i = 0; i < Nodes.Length; i++) Nodes[i].Evaluate(i, workspace, deviates, draws, workspace.Weights(alternative));
        return workspace.Scores(Nodes.Length - 1);
    }
}
