namespace EarlyWarning.Scoring.Engine.States;

/// <content>The level: the highest of the root's and of those of the nodes that decide beside it.</content>
public sealed partial class ScoreState
{
    /// <summary>Gets the index of the level in the framework's bands; −1 where the root has no score.</summary>
    public int LevelIndex => Score is null ? -1 : Highest().Level;

    /// <summary>Gets, where the root has no score, the index of the level that deciding nodes reach all the same; −1 where none does.</summary>
    public int LevelAtLeast => Score is null ? Highest().Level : -1;

    /// <summary>Gets the number of the node whose level it is; −1 where there is neither a level nor one that is reached at least.</summary>
    public int DecidingNode => Highest().Node;

    /// <summary>Gets the level of a node that decides: the root, or a named node with enough data of its own.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The index of the level in the framework's bands; −1 for none.</returns>
    public int NodeLevel(int node)
    {
        var score = ScoreOf(node);
        if (double.IsNaN(score)) return -1;
        if (node == Framework.Root) return Framework.LevelOf(score);
        return Framework.LevelsOf(node) is { } levels && _coverage[node] >= levels.CoverageFloor - FloorTolerance ? levels.Of(score) : -1;
    }

    private (int Node, int Level) Highest()
    {
        var highest = (Node: -1, Level: -1);
        for (var node = Framework.Root; node >= 0; node--)
            if (NodeLevel(node) is var level && level > highest.Level) highest = (node, level);
        return highest;
    }
}
