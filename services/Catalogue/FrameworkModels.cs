using System.Diagnostics.CodeAnalysis;
using EarlyWarning.Catalogue.Models;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue;

/// <summary>
/// The one way from a framework of the public contract to one that scores, and back; the check of a definition is the same way.
/// </summary>
/// <remarks>
/// The contract gives a direction to indicators alone, always towards risk, so every node of a tree stands on the scale of risk: a
/// dimension of resilience measures how much of it is wanting. A tree with a mean in it that needs values above 0 stands on 1 to 100 unless
/// it says
/// otherwise, any other on 0 to 100.
/// </remarks>
public static class FrameworkModels
{
    /// <summary>Compiles a framework where it is valid.</summary>
    /// <param name="definition">The framework; its name may be that of the framework or of a version.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="indicators">Finds an indicator by its code; <see langword="null"/> where it is unknown.</param>
    /// <param name="compiled">The compiled form.</param>
    /// <param name="faults">Everything that is wrong, with paths that start at <c>framework</c>.</param>
    public static bool TryCompile(
        V1.Framework definition,
        int version,
        Func<string, V1.Indicator?> indicators,
        [NotNullWhen(true)] out CompiledFramework? compiled,
        out IReadOnlyList<CatalogueFault> faults
    )
    {
        compiled = null;
        if (!TryGetModel(definition, version, indicators, out var model, out faults))
        {
            return false;
        }

        if (CompiledFramework.TryCompile(model, out compiled, out var errors))
        {
            return true;
        }

        faults =
        [
            .. errors.Select(error => new CatalogueFault(
                V1.ErrorReason.InvalidFramework,
                ModelPaths.ToField(error.Path, definition),
                $"{error.Reason} {error.Fix}"
            )),
        ];
        return false;
    }

    /// <summary>
    /// Gets the engine's model of a framework, from which alternatives can be derived before they are compiled. What only the engine can
    /// judge (goalposts, bands, methods that do not go together) comes to light when it is compiled.
    /// </summary>
    /// <param name="definition">The framework; its name may be that of the framework or of a version.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="indicators">Finds an indicator by its code; <see langword="null"/> where it is unknown.</param>
    /// <param name="model">The model.</param>
    /// <param name="faults">What the contract does not allow, with paths that start at <c>framework</c>.</param>
    public static bool TryGetModel(
        V1.Framework definition,
        int version,
        Func<string, V1.Indicator?> indicators,
        [NotNullWhen(true)] out Framework? model,
        out IReadOnlyList<CatalogueFault> faults
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(indicators);
        faults = FrameworkRules.Check(definition, indicators);
        model = faults.Count == 0 ? ToModel(definition, version, indicators) : null;
        return model is not null;
    }

    /// <summary>Writes a logistic model as a framework of the contract, such as one that was fitted.</summary>
    /// <remarks>
    /// A predictor's default is its stated value where the model holds defaults. Elsewhere it is left out, because in the contract a stated
    /// value always stands in for a missing one. The range is the indicator's own.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="displayName">The framework's name for people.</param>
    public static V1.Framework ToDefinition(LogisticFramework model, string displayName)
    {
        ArgumentNullException.ThrowIfNull(model);
        var definition = Describe(model, displayName);
        definition.Logistic = RegressionDefinitions.Of(model);
        return definition;
    }

    /// <summary>Writes an ensemble as a framework of the contract, under the same terms.</summary>
    /// <param name="model">The model.</param>
    /// <param name="displayName">The framework's name for people.</param>
    public static V1.Framework ToDefinition(EnsembleFramework model, string displayName)
    {
        ArgumentNullException.ThrowIfNull(model);
        var definition = Describe(model, displayName);
        definition.Ensemble = RegressionDefinitions.Of(model);
        return definition;
    }

    /// <summary>Writes a reference set in the form of the contract, without description and moment.</summary>
    /// <param name="set">The set.</param>
    public static V1.ReferenceSet ToDefinition(ReferenceSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ReferenceModels.Definition(set);
    }

    private static Framework ToModel(V1.Framework definition, int version, Func<string, V1.Indicator?> indicators)
    {
        var id = ResourceForm.FrameworkIdOf(definition.Name);
        Band[] bands = [.. definition.Bands.Select(band => new Band(band.Level, band.LowerBound))];
        switch (definition.ModelCase)
        {
            case V1.Framework.ModelOneofCase.Logistic:
                var logistic = definition.Logistic;
                return new LogisticFramework
                {
                    Id = id,
                    Version = version,
                    Bands = [.. bands],
                    Intercept = logistic.Intercept,
                    Predictors = RegressionModels.Predictors(logistic, indicators),
                    Interactions = RegressionModels.Interactions(logistic),
                    Calibration = RegressionModels.Calibration(logistic.Calibration),
                    Missing = RegressionModels.Missing([logistic]),
                };
            case V1.Framework.ModelOneofCase.Ensemble:
                var ensemble = definition.Ensemble;
                return new EnsembleFramework
                {
                    Id = id,
                    Version = version,
                    Bands = [.. bands],
                    Members = [.. ensemble.Members.Select(member => RegressionModels.Member(member, indicators))],
                    Calibration = RegressionModels.Calibration(ensemble.Calibration),
                    Missing = RegressionModels.Missing(ensemble.Members.Select(member => member.Model)),
                };
            default:
                var composite = definition.Composite;
                return new CompositeFramework
                {
                    Id = id,
                    Version = version,
                    Bands = [.. bands],
                    Root = TreeModels.Node(composite.Root, indicators),
                    NodeLevels = [.. (definition.Level?.HighestOf ?? []).Select(Levels)],
                    ScaleFloor = composite.HasScaleFloor ? composite.ScaleFloor : TreeModels.ScaleFloor(composite.Root),
                    Reference = composite.ReferenceSet is { } set ? ReferenceModels.Set(set) : null,
                    Screening = composite.Screening is { } screening ? new(screening.Available, screening.NonZero) : null,
                };
        }
    }

    private static NodeLevels Levels(V1.LevelNode node) =>
        new(node.Node, [.. node.Bands.Select(band => new Band(band.Level, band.LowerBound))], node.MinimumCoverage);

    private static V1.Framework Describe(Framework model, string displayName) =>
        new()
        {
            Name = ResourceForm.Frameworks + model.Id,
            DisplayName = displayName,
            Bands = { model.Bands.Select(band => new V1.Band { Level = band.Name, LowerBound = band.LowerBound }) },
        };
}
