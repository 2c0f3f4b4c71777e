using System.Diagnostics.CodeAnalysis;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Contracts.Catalogue;

/// <summary>The one way from a framework of the public contract to one that scores; the check of a definition is the same way.</summary>
/// <remarks>
/// The contract gives a direction to indicators alone, always towards risk, so every node of a tree stands on the scale of risk: a dimension
/// of resilience measures how much of it is wanting. A tree with a geometric mean in it stands on 1 to 100, any other on 0 to 100.
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
        out IReadOnlyList<CatalogueFault> faults)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(indicators);
        compiled = null;
        faults = FrameworkRules.Check(definition, indicators);
        if (faults.Count > 0)
        {
            return false;
        }

        if (CompiledFramework.TryCompile(ToModel(definition, version, indicators), out compiled, out var errors))
        {
            return true;
        }

        faults = [.. errors.Select(error => new CatalogueFault(
            V1.ErrorReason.InvalidFramework, ModelPaths.ToField(error.Path, definition), $"{error.Reason} {error.Fix}"))];
        return false;
    }

    /// <summary>Gets the id of a framework from its name or from a version's name.</summary>
    public static string IdOf(V1.Framework definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var rest = ResourceForm.IdOf(definition.Name, ResourceForm.Frameworks) ?? "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }

    private static Framework ToModel(V1.Framework definition, int version, Func<string, V1.Indicator?> indicators)
    {
        var id = IdOf(definition);
        Band[] bands = [.. definition.Bands.Select(band => new Band(band.Level, band.LowerBound))];
        if (definition.ModelCase == V1.Framework.ModelOneofCase.Logistic)
        {
            // All or none have a stated value, which the rules hold to: so one look decides.
            var stated = definition.Logistic.Coefficients.Any(term => term.HasStatedValue && term.Value != 0);
            return new LogisticFramework
            {
                Id = id,
                Version = version,
                Bands = [.. bands],
                Intercept = definition.Logistic.Intercept,
                Predictors = [.. definition.Logistic.Coefficients.Select(term => ToPredictor(term, indicators(term.Indicator)))],
                Missing = stated ? new HoldDefaults() : new RefuseIncomplete(),
            };
        }

        return new CompositeFramework
        {
            Id = id,
            Version = version,
            Bands = [.. bands],
            Root = ToNode(definition.Composite.Root),
            ScaleFloor = HasGeometricMean(definition.Composite.Root) ? 1 : 0,
        };
    }

    private static Predictor ToPredictor(V1.Coefficient term, V1.Indicator? indicator) => new(term.Indicator, term.Value)
    {
        Default = term.HasStatedValue ? term.StatedValue : null,
        Range = indicator is { HasMinimum: true, HasMaximum: true } ? new(indicator.Minimum, indicator.Maximum) : null,
        Validity = term.Validity?.ToTimeSpan(),
    };

    private static Node ToNode(V1.Node node) => new()
    {
        Code = node.Code,
        Name = node.DisplayName.Length > 0 ? node.DisplayName : node.Code,
        Weight = node.HasWeight ? node.Weight : 1,
        Aggregation = node.Aggregation == V1.Aggregation.Geometric ? Aggregation.Geometric : Aggregation.Arithmetic,
        Missing = node.MissingData?.Treatment switch
        {
            V1.MissingDataTreatment.RequireAll => new RefuseIncomplete(),
            V1.MissingDataTreatment.StatedValue => new HoldValue(node.MissingData.StatedValue),
            _ => new RenormaliseWeights(node.MissingData?.MinimumCoverage ?? 0),
        },
        Children = [.. node.Children.Select(child => child.Leaf is null ? (Element)ToNode(child) : ToLeaf(child))],
    };

    private static Leaf ToLeaf(V1.Node node) => new()
    {
        Code = node.Leaf.Indicator,
        Weight = node.HasWeight ? node.Weight : 1,
        Direction = node.Leaf.Direction == V1.Direction.Decreasing ? Direction.Lowers : Direction.Raises,
        Normalisation = new Goalposts(node.Leaf.Low, node.Leaf.High),
        Validity = node.Leaf.Validity?.ToTimeSpan(),
    };

    private static bool HasGeometricMean(V1.Node node)
        => node.Aggregation == V1.Aggregation.Geometric || node.Children.Any(HasGeometricMean);
}
