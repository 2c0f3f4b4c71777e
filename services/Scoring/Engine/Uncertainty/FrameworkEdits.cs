using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// Frameworks that differ from another in one respect. Levels count from the indicators, which are 1; a node is one above its highest
/// child.
/// </summary>
public static class FrameworkEdits
{
    /// <summary>Aggregates otherwise.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="aggregation">How.</param>
    /// <param name="level">At which level's nodes; null for all.</param>
    /// <param name="code">At which node alone; null for all.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework WithAggregation(
        this CompositeFramework framework,
        Aggregation aggregation,
        int? level = null,
        string? code = null
    ) => EditNodes(framework, level, code, node => node with { Aggregation = aggregation });

    /// <summary>Takes the weights of children from elsewhere.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="weighting">From where.</param>
    /// <param name="level">At which level's nodes; null for all. The weights of indicators are those at level 2.</param>
    /// <param name="code">Of which node's children alone; null for all.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework WithWeighting(
        this CompositeFramework framework,
        Weighting weighting,
        int? level = null,
        string? code = null
    ) => EditNodes(framework, level, code, node => node with { Weighting = weighting });

    /// <summary>Normalises indicators otherwise.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="normalisation">How.</param>
    /// <param name="code">Which indicator alone; null for all.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework WithNormalisation(
        this CompositeFramework framework,
        Normalisation normalisation,
        string? code = null
    ) => EditLeaves(framework, code, leaf => leaf with { Normalisation = normalisation });

    /// <summary>Treats the outliers of indicators otherwise.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="treatment">How; null for not at all.</param>
    /// <param name="code">Which indicator alone; null for all.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework WithTreatment(this CompositeFramework framework, Treatment? treatment, string? code = null) =>
        EditLeaves(framework, code, leaf => leaf with { Treatment = treatment });

    /// <summary>Imputes indicators otherwise.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="imputation">How; null for not at all.</param>
    /// <param name="code">Which indicator alone; null for all.</param>
    /// <returns>The other framework.</returns>
    public static CompositeFramework WithImputation(this CompositeFramework framework, Imputation? imputation, string? code = null) =>
        EditLeaves(framework, code, leaf => leaf with { Imputation = imputation });

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

    private static CompositeFramework EditNodes(CompositeFramework framework, int? level, string? code, Func<Node, Node> edit) =>
        framework.Edit(
            (element, at) =>
                element is Node node && (level is null || at == level) && (code is null || node.Code == code) ? edit(node) : element
        );

    private static CompositeFramework EditLeaves(CompositeFramework framework, string? code, Func<Leaf, Leaf> edit) =>
        framework.Edit((element, _) => element is Leaf leaf && (code is null || leaf.Code == code) ? edit(leaf) : element);

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
