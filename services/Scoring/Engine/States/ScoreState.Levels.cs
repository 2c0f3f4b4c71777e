namespace EarlyWarning.Scoring.Engine.States;

/// <content>The level: the highest of the root's and of those of the nodes that decide beside it.</content>
public sealed partial class ScoreState
{
    /// <summary>Gets the index of the level in the framework's bands; −1 where the root has no score.</summary>
    public int LevelIndex => Score is null ? -1 : HighestLevel(withRoot: true).Level;

    /// <summary>
    /// Gets, where the root has no score, the index of the level that deciding nodes reach all the same; −1 where none does.
    /// </summary>
    public int LevelAtLeast => Score is null ? HighestLevel(withRoot: true).Level : -1;

    /// <summary>
    /// Gets the number of the node whose level it is; −1 where there is neither a level nor one that is reached at least.
    /// </summary>
    public int DecidingNode => HighestLevel(withRoot: true).Node;

    /// <summary>Gets the level of a node that decides: the root, or a named node with enough data of its own.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The index of the level in the framework's bands; −1 for none.</returns>
    public int NodeLevel(int node)
    {
        var score = ScoreOf(node);
        if (double.IsNaN(score))
            return -1;
        if (node == Framework.Root)
            return Framework.LevelOf(score);
        return Framework.LevelsOf(node) is { } levels && _coverage[node] >= levels.CoverageFloor - FloorTolerance ? levels.Of(score) : -1;
    }

    /// <summary>
    /// Gets the highest level and the node that reaches it: of several the first in the order of the model, and, above the lowest level, a
    /// named node before the root, because it says more.
    /// </summary>
    /// <param name="withRoot">Whether the root counts, or the named nodes alone.</param>
    /// <returns>Node and level; −1 and −1 where none has enough data.</returns>
    public (int Node, int Level) HighestLevel(bool withRoot)
    {
        var root = withRoot ? NodeLevel(Framework.Root) : -1;
        (int Node, int Level) highest = root < 0 ? (-1, -1) : (Framework.Root, root);
        foreach (var node in Framework.NamedNodes)
            if (
                NodeLevel(node) is var level
                && (level > highest.Level || (level > 0 && level == highest.Level && highest.Node == Framework.Root))
            )
                highest = (node, level);
        return highest;
    }
}
