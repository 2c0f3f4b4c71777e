using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>Says everything that is wrong with a framework before it is used.</summary>
public static class ModelValidator
{
    /// <summary>Looks at the whole framework, and tries its methods on its reference set.</summary>
    /// <param name="model">The framework.</param>
    /// <returns>Every error in the order of the framework; empty if it can be compiled.</returns>
    public static ImmutableArray<ModelError> Validate(Framework model) => Validate(model, out _);

    /// <summary>The same, with what the reference set decides where a tree is valid.</summary>
    internal static ImmutableArray<ModelError> Validate(Framework model, out Resolution? resolution)
    {
        ArgumentNullException.ThrowIfNull(model);
        resolution = null;
        var errors = new ErrorList();
        if (string.IsNullOrWhiteSpace(model.Id))
            errors.Add("id", "The framework has no id.", "Give it one, such as \"atrocity-risk\".");
        if (model.Version < 1)
            errors.Add("version", $"The version is {model.Version}.", "Number versions from 1 up.");
        BandRules.Check(model, errors);
        NodeLevelRules.Check(model, errors);
        switch (model)
        {
            case CompositeFramework composite:
                resolution = CheckTree(composite, errors);
                break;
            case LogisticFramework logistic:
                RegressionRules.Check(logistic, errors);
                break;
            case EnsembleFramework ensemble:
                EnsembleRules.Check(ensemble, errors);
                break;
        }

        return errors.ToImmutable();
    }

    private static Resolution? CheckTree(CompositeFramework model, ErrorList errors)
    {
        new TreeRules(model, errors).Check();
        var impossible = ConstructionRules.Check(model, out var resolution);
        foreach (var (path, reason, fix) in impossible)
            errors.Add(path, reason, fix);
        if (!errors.IsEmpty || resolution is null)
            return null;
        HeldValueRules.Check(model, resolution, errors);
        return resolution;
    }
}
