using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// A group of things that a run is unsure of, taken as one input of a sensitivity analysis. What is in no factor stays as it is: a choice
/// of method at its first option, weights and observations at their values, missing data under the framework's policy.
/// </summary>
/// <param name="Name">The input's name, unique in an analysis.</param>
public abstract record SensitivityFactor(string Name)
{
    internal virtual bool HasValue(CompiledFramework framework, string indicator) => false;

    internal virtual bool HasWeight(CompiledFramework framework, string element) => false;

    internal virtual bool HasChoice(string choice) => false;

    internal virtual bool HasMissing(CompiledFramework framework, string node) => false;

    /// <summary>
    /// Makes the usual factors of a run: each choice of method, the weights of each level that has noise, and the observations below each
    /// child of the root (or all together) where they err or are missing.
    /// </summary>
    /// <param name="framework">The framework.</param>
    /// <param name="options">What is unsure.</param>
    /// <param name="isDetailed">Whether weights are split by level and observations by the root's children.</param>
    /// <returns>The factors.</returns>
    public static ImmutableArray<SensitivityFactor> AllOf(CompiledFramework framework, MonteCarloOptions options, bool isDetailed = true)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(options);
        var factors = ImmutableArray.CreateBuilder<SensitivityFactor>();
        factors.AddRange(options.Choices.Where(choice => choice.Options.Length > 1).Select(choice => new ChoiceFactor(choice.Name)));
        if (!options.Weights.IsEmpty)
        {
            var levels = Drawing
                .DrawnWeights.Levels(framework.Layout)
                .Select(pair => pair.Level)
                .Distinct()
                .Order()
                .Where(level => options.Weights.Any(noise => noise.Level is null || noise.Level == level));
            if (isDetailed)
                factors.AddRange(levels.Select(level => new WeightsFactor(level)));
            else
                factors.Add(new WeightsFactor(null));
        }

        if (!options.ObservationErrors && options.Missing == MissingDraw.Policy)
            return factors.ToImmutable();
        if (isDetailed && framework.Model is CompositeFramework { Root.Children: { Length: > 1 } children })
            factors.AddRange(children.Select(child => new ObservationsFactor(child.Code)));
        else
            factors.Add(new ObservationsFactor(null));
        return factors.ToImmutable();
    }
}

/// <summary>A choice of method: normalisation, aggregation, treatment, imputation, an element left out.</summary>
/// <param name="Choice">The choice's name.</param>
public sealed record ChoiceFactor(string Choice) : SensitivityFactor(Choice)
{
    internal override bool HasChoice(string choice) => choice == Choice;
}

/// <summary>All weights of a level, as far as they have noise.</summary>
/// <param name="Level">The level, counted from the indicators, which are 1; null for all.</param>
public sealed record WeightsFactor(int? Level) : SensitivityFactor(Level is null ? "weights" : $"weights of level {Level}")
{
    internal override bool HasWeight(CompiledFramework framework, string element)
    {
        if (Level is null)
            return true;
        foreach (var (slot, level) in Drawing.DrawnWeights.Levels(framework.Layout))
            if (level == Level && Drawing.DrawnWeights.CodeOf(framework, slot) == element)
                return true;
        return false;
    }
}

/// <summary>Errors of observation, and values in place of missing ones.</summary>
/// <param name="Element">
/// The node below which they are, or the indicator; null for all. What divides an indicator goes with it. The missing children of a node
/// are drawn together and belong to the node.
/// </param>
public sealed record ObservationsFactor(string? Element)
    : SensitivityFactor(Element is null ? "observations" : $"observations of {Element}")
{
    internal override bool HasValue(CompiledFramework framework, string indicator)
    {
        if (Element is null || Element == indicator)
            return true;
        if (!framework.TryGetLeaf(indicator, out var leaf))
            return false;
        if (framework.TryGetNode(Element, out var node))
            return framework.Reads(node, leaf);
        return framework.TryGetLeaf(Element, out var divided) && Array.IndexOf(framework.Layout.LeafPlans[leaf].Divides, divided) >= 0;
    }

    internal override bool HasMissing(CompiledFramework framework, string node)
    {
        if (Element is null)
            return true;
        if (!framework.TryGetNode(node, out var at) || !framework.TryGetNode(Element, out var above))
            return false;
        while (at >= 0 && at != above)
            at = framework.Nodes[at].Parent;
        return at == above;
    }
}
