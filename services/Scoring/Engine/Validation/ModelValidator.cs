using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>Says everything that is wrong with a framework before it is used.</summary>
public static class ModelValidator
{
    /// <summary>Looks at the whole framework.</summary>
    /// <param name="model">The framework.</param>
    /// <returns>Every error in the order of the framework; empty if it can be compiled.</returns>
    public static ImmutableArray<ModelError> Validate(Framework model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var errors = new ErrorList();
        if (string.IsNullOrWhiteSpace(model.Id)) errors.Add("id", "The framework has no id.", "Give it one, such as \"atrocity-risk\".");
        if (model.Version < 1) errors.Add("version", $"The version is {model.Version}.", "Number versions from 1 up.");
        BandRules.Check(model, errors);
        switch (model)
        {
            case CompositeFramework composite:
                new TreeRules(composite, errors).Check();
                break;
            case LogisticFramework logistic:
                PredictorRules.Check(logistic, errors);
                break;
        }

        return errors.ToImmutable();
    }
}
