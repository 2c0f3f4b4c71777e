using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// How the score of one country is drawn under one framework: the nodes that differ from draw to draw, children before parents.
/// </summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Number">The number among them of the one asked for; −1 where it is the same in all draws.</param>
/// <param name="Constant">Its score then; NaN without one.</param>
internal sealed record DrawPlan(DrawnNode[] Nodes, int Number, double Constant)
{
    /// <summary>Gets the plan of a country without a score.</summary>
    public static DrawPlan None { get; } = new([], -1, double.NaN);

    /// <summary>Gets the nodes that decide the level beside the one asked for.</summary>
    public DecidingNode[] Deciding { get; init; } = [];

    /// <summary>Draws a block of scores.</summary>
    /// <param name="alternative">The number of the framework.</param>
    /// <param name="workspace">The memory.</param>
    /// <param name="deviates">The country's deviates.</param>
    /// <param name="draws">Which draws.</param>
    /// <returns>The scores, in memory that the next call uses again.</returns>
    public ReadOnlySpan<double> Draw(int alternative, Workspace workspace, Deviate[] deviates, in DrawBlock draws)
    {
        for (var i = 0; i < Nodes.Length; i++)
            Nodes[i].Evaluate(i, workspace, deviates, draws, workspace.Weights(alternative));
        if (Number >= 0)
            return workspace.Scores(Number);
        workspace.Sums.AsSpan().Fill(Constant);
        return workspace.Sums;
    }

    /// <summary>The level of a draw of the block that was drawn last.</summary>
    /// <param name="workspace">The memory.</param>
    /// <param name="own">The level by the node asked for.</param>
    /// <param name="place">The draw's place in the block.</param>
    public int LevelOf(Workspace workspace, int own, int place)
    {
        foreach (var node in Deciding)
            own = Math.Max(own, node.LevelOf(workspace, place));
        return own;
    }
}

/// <summary>A node that decides a country's level beside the root.</summary>
/// <param name="Scale">Its levels.</param>
/// <param name="Number">Its number in the plan; −1 where it is the same in all draws.</param>
/// <param name="Constant">Its score then.</param>
internal sealed record DecidingNode(LevelScale Scale, int Number, double Constant)
{
    /// <summary>Its level in a draw.</summary>
    public int LevelOf(Workspace workspace, int place) => Scale.Of(Number < 0 ? Constant : workspace.Scores(Number)[place]);
}
