using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>
/// The levels of a tree as COINr numbers them: the root has the highest, and each child the one below its parent's, so that the deepest
/// indicators are at level 1.
/// </summary>
public static class FrameworkLevels
{
    /// <summary>Counts the levels: the level of the root.</summary>
    /// <param name="framework">A framework.</param>
    /// <returns>2 or more.</returns>
    public static int Count(CompositeFramework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return TreeOutline.Of(framework).Leaves.Max(leaf => leaf.Depth);
    }

    /// <summary>Lists the elements of a level.</summary>
    /// <param name="framework">A framework.</param>
    /// <param name="level">From 1 to <see cref="Count"/>.</param>
    /// <returns>Their codes in the order of the tree; none for a level that there is not.</returns>
    public static IReadOnlyList<string> CodesAt(CompositeFramework framework, int level)
    {
        var depth = Count(framework) + 1 - level;
        var codes = new List<string>();
        Visit(framework.Root, 1);
        return codes;

        void Visit(Element element, int at)
        {
            if (at == depth)
                codes.Add(element.Code);
            if (element is not Node node)
                return;
            foreach (var child in node.Children)
                Visit(child, at + 1);
        }
    }
}
