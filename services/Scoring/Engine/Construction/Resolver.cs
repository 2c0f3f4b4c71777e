using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>Works out what a framework's methods make of its reference set.</summary>
internal static class Resolver
{
    /// <summary>Resolves a framework. One of fixed scales, given or equal weights and means needs no reference set.</summary>
    /// <param name="model">A framework that the rules of trees find nothing wrong with.</param>
    /// <returns>What was worked out.</returns>
    /// <exception cref="InvalidModelException">A method is impossible on the set, or there is no set for it.</exception>
    public static Resolution Resolve(CompositeFramework model)
    {
        var errors = new ErrorList();
        var resolution = Resolve(model, errors);
        return resolution ?? throw new InvalidModelException(errors.ToImmutable());
    }

    /// <summary>Resolves a framework, or says why not.</summary>
    /// <param name="model">A framework whose tree is sound and whose parameters make sense.</param>
    /// <param name="errors">Takes what makes a method impossible.</param>
    /// <returns>What was worked out, or null after an error.</returns>
    public static Resolution? Resolve(CompositeFramework model, ErrorList errors)
    {
        var outline = TreeOutline.Of(model);
        if (!ReferenceNeeds.IsSetNeeded(model, outline))
            return Fixed(model, outline, errors);
        if (model.Reference is not { } set)
        {
            ReferenceNeeds.Report(outline, errors);
            return null;
        }

        if (SetConstruction.Over(model, outline, set, errors) is not { } built)
            return null;
        return new Resolution
        {
            Transforms = built.Transforms,
            Weights = built.Weights,
            Copelands = built.Copelands,
            Imputer = built.Imputer,
            Units = built.Units,
        };
    }

    /// <summary>The weights of a node that does not ask the reference set for them.</summary>
    internal static double[] GivenWeights(OutlinedNode node) =>
        [.. node.Node.Children.Select(child => node.Node.Weighting is EqualWeights ? 1 : child.Weight)];

    private static Resolution? Fixed(CompositeFramework model, TreeOutline outline, ErrorList errors)
    {
        var transforms = new Transform[outline.Leaves.Count];
        for (var i = 0; i < transforms.Length; i++)
        {
            var leaf = outline.Leaves[i];
            transforms[i] = new Normalising(leaf.Lowers, model.ScaleFloor, model.Ceiling).Fixed(leaf.Leaf.Normalisation)!;
        }

        double[][] weights = [.. outline.Nodes.Select(GivenWeights)];
        var reaches = new ElementRanges(model, outline, transforms);
        var positiveMeans = new PositiveMeans(model, outline, errors);
        for (var node = 0; node < weights.Length; node++)
        {
            positiveMeans.Check(outline.Nodes[node], reaches);
            reaches.Settle(node, weights[node], 0);
        }

        return errors.IsEmpty
            ? new Resolution
            {
                Transforms = transforms,
                Weights = weights,
                Copelands = new CopelandTable?[weights.Length],
            }
            : null;
    }
}
