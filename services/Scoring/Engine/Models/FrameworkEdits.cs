namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Frameworks that differ from another in some of their elements. Levels count from the indicators, which are 1; a node is one above its
/// highest child.
/// </summary>
public static class FrameworkEdits
{
    /// <summary>Leaves an indicator or a node out, with every node that would be left without children.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="code">The element's code.</param>
    /// <returns>The other framework.</returns>
    /// <exception cref="ArgumentException">There is no such element, or nothing would be left.</exception>
    public static CompositeFramework Without(this CompositeFramework framework, string code)
    {
        ArgumentNullException.ThrowIfNull(framework);
        if (!Has(framework.Root, code))
            throw new ArgumentException($"The framework has no element \"{code}\".", nameof(code));
        return Remove(framework.Root, code) is Node root
            ? framework with
            {
                Root = root,
            }
            : throw new ArgumentException($"Without \"{code}\" nothing is left of the framework.", nameof(code));
    }

    /// <summary>Changes each element.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="edit">Gives what takes the place of an element, whose children are changed already, from it and its level.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework Edit(this CompositeFramework framework, Func<Element, int, Element> edit)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return framework with { Root = (Node)Edit(framework.Root, edit).Element };
    }

    private static (Element Element, int Level) Edit(Element element, Func<Element, int, Element> edit)
    {
        if (element is not Node node)
            return (edit(element, 1), 1);
        var children = node.Children.Select(child => Edit(child, edit)).ToList();
        var level = 1 + children.Max(child => child.Level);
        return (edit(node with { Children = [.. children.Select(child => child.Element)] }, level), level);
    }

    private static bool Has(Element element, string code) =>
        element.Code == code || (element is Node node && node.Children.Any(child => Has(child, code)));

    private static Element? Remove(Element element, string code)
    {
        if (element.Code == code)
            return null;
        if (element is not Node node)
            return element;
        var children = node.Children.Select(child => Remove(child, code)).OfType<Element>().ToList();
        return children.Count == 0 ? null : node with { Children = [.. children] };
    }
}
