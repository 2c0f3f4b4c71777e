using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>
/// Decides on the end of a framework or a threshold. What was retired stays readable, and its name stays taken for good: under it things
/// were said that would otherwise be read with another meaning. Pure.
/// </summary>
internal static class Retiring
{
    /// <summary>Decides on the end of a threshold. The same again changes nothing.</summary>
    public static CatalogueDecision Threshold(CatalogueState state, string name, string etag)
    {
        if (state.Retired.ContainsKey(name))
        {
            return new(null, []);
        }

        if (CatalogueDecisions.Find(state, name) is not { } known)
        {
            return NotFound(name, "thresholds");
        }

        return etag.Length > 0 && etag != known.Etag
            ? CatalogueDecisions.Stale("etag", name, known.Etag)
            : new(new V1.RetireThresholdRequest { Name = name }, []);
    }

    /// <summary>Decides on the end of a framework. The same again changes nothing.</summary>
    public static CatalogueDecision Framework(CatalogueState state, string name, string etag)
    {
        if (state.Retired.ContainsKey(name))
        {
            return new(null, []);
        }

        if (ResourceForm.IdOf(name, ResourceForm.Frameworks) is not { } id || state.ActiveOf(id) is not { } active)
        {
            return NotFound(name, "frameworks");
        }

        return etag.Length > 0 && etag != active.Definition.Etag
            ? CatalogueDecisions.Stale("etag", name, active.Definition.Etag)
            : new(new V1.RetireFrameworkRequest { Name = name }, []);
    }

    /// <summary>Says that a name was retired; <see langword="null"/> where it was not.</summary>
    public static CatalogueFault? FaultOf(CatalogueState state, string name, string field) =>
        state.Retired.TryGetValue(name, out var end)
            ? new(
                V1.ErrorReason.Retired,
                field,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' was retired on {end.Time:u}, and its name stays taken, so that what was said under it keeps its meaning. "
                        + $"Choose another id."
                )
            )
            {
                Resource = name,
            }
            : null;

    private static CatalogueDecision NotFound(string name, string what) =>
        CatalogueDecisions.Refuse(
            V1.ErrorReason.NotFound,
            "name",
            $"There is no '{Trailers.Echo(name)}'. Check the name, or list {what}.",
            name
        );
}
