using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>What the methods of a tree must keep to: their parameters, and what they ask of the reference set.</summary>
public static class ConstructionRules
{
    /// <summary>Looks at the methods of a framework, and tries them on its reference set if their parameters make sense.</summary>
    /// <param name="model">The framework. Nothing is said of a tree that is not sound in itself (codes, children, weights,
    /// goalposts).</param>
    /// <returns>
    /// What is wrong with the parameters; or else the errors of the first stage (the set's columns, the leaves, the nodes) that cannot be
    /// built. Empty if the framework can be resolved.
    /// </returns>
    public static ImmutableArray<ModelError> Check(CompositeFramework model) => Check(model, out _);

    /// <summary>The same, with what the reference set decides where nothing is wrong.</summary>
    internal static ImmutableArray<ModelError> Check(CompositeFramework model, out Resolution? resolution)
    {
        ArgumentNullException.ThrowIfNull(model);
        resolution = null;
        if (!TreeOutline.IsSound(model))
            return [];
        var errors = new ErrorList();
        new ParameterRules(model, errors).Check(TreeOutline.Of(model));
        if (errors.IsEmpty)
            resolution = Resolver.Resolve(model, errors);
        return errors.ToImmutable();
    }
}
