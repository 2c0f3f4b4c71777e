using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>Which methods look at a reference set.</summary>
internal static class ReferenceNeeds
{
    /// <summary>
    /// Whether an imputation is learned from the set. One between times is not: it does without while there is only the present.
    /// </summary>
    public static bool IsLearned(Imputation? imputation) => imputation is CentralValue or SiblingValue or ExpectationMaximisation;

    /// <summary>Whether an imputation fills the gaps of a country between times.</summary>
    public static bool IsBetweenTimes(Imputation? imputation) => imputation is LinearBetweenTimes or CarriedForward;

    /// <summary>Whether a node looks at the set.</summary>
    public static bool IsAsked(Node node) => node.Weighting.NeedsReference || node.Aggregation.NeedsReference;

    /// <summary>Names every method that needs a set.</summary>
    /// <param name="outline">The tree.</param>
    /// <param name="errors">Takes them.</param>
    public static void Report(TreeOutline outline, ErrorList errors)
    {
        foreach (var leaf in outline.Leaves)
        {
            if (leaf.Leaf.Normalisation.NeedsReference)
                Add(leaf.Leaf.Normalisation, $"{leaf.Path}.normalisation", "fixed goalposts");
            if (leaf.Leaf.Treatment is { } treatment)
                Add(treatment, $"{leaf.Path}.treatment", "no treatment");
            if (IsLearned(leaf.Leaf.Imputation))
                Add(leaf.Leaf.Imputation!, $"{leaf.Path}.imputation", "the node's policy for missing data");
        }

        foreach (var node in outline.Nodes)
        {
            if (node.Node.Weighting.NeedsReference)
                Add(node.Node.Weighting, $"{node.Path}.weighting", "given or equal weights");
            if (node.Node.Aggregation.NeedsReference)
                Add(node.Node.Aggregation, $"{node.Path}.aggregation", "a mean");
        }

        void Add(object method, string path, string instead) =>
            errors.Add(
                path,
                $"{method.GetType().Name} looks at a reference set, and the framework has none.",
                $"Give the framework a reference set, or use {instead}."
            );
    }

    /// <summary>
    /// Tells whether a framework has to be built over its set: a method asks for it, or a mean above values without an end.
    /// </summary>
    /// <param name="model">The framework.</param>
    /// <param name="outline">Its tree.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsSetNeeded(CompositeFramework model, TreeOutline outline) =>
        outline.Leaves.Any(leaf =>
            leaf.Leaf.Normalisation.NeedsReference || leaf.Leaf.Treatment is not null || IsLearned(leaf.Leaf.Imputation)
        )
        || outline.Nodes.Any(node => IsAsked(node.Node))
        || (
            model.Reference is not null
            && outline.Nodes.Any(PositiveMeans.IsPositive)
            && outline.Leaves.Any(leaf => leaf.Leaf.Normalisation is AsIs or Goalposts { Capped: false })
        );
}
