using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// One question about a framework that could have been answered otherwise: which normalisation, which aggregation, with or without a node.
/// Several choices are drawn independently, and every combination of their options is compiled. Source: M. Saisana, A. Saltelli,
/// S. Tarantola, "Uncertainty and sensitivity analysis techniques as tools for the quality assessment of composite indicators", Journal of
/// the Royal Statistical Society A 168 (2005).
/// </summary>
/// <param name="Name">What is chosen, unique in a run.</param>
/// <param name="Options">The answers, one or more. The framework as it is counts only if it is among them.</param>
public sealed record MethodChoice(string Name, ImmutableArray<MethodOption> Options);

/// <summary>One answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Apply">Makes the framework with this answer of the framework with another; a pure function.</param>
public sealed record MethodOption(string Name, Func<Framework, Framework> Apply)
{
    /// <summary>Gets how likely it is beside the other options; above 0, only ratios count.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Makes the answer that leaves everything as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The option.</returns>
    public static MethodOption AsIs(string name = "nominal") => new(name, framework => framework);

    /// <summary>Makes an answer about a tree.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="edit">What it does to the tree; see <see cref="FrameworkEdits"/>.</param>
    /// <returns>The option; its function refuses frameworks that are no trees.</returns>
    public static MethodOption OfTree(string name, Func<CompositeFramework, CompositeFramework> edit) =>
        new(name, framework =>
            framework is CompositeFramework tree
                ? edit(tree)
                : throw new ArgumentException($"\"{name}\" is an option for trees alone.", nameof(edit))
        );
}
