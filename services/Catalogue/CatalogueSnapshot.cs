using System.Collections.Frozen;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Catalogue;

/// <summary>Everything that is measured, how it is scored and what is watched, at one revision. Immutable.</summary>
/// <param name="Revision">Rises by one with each change; 0 is the empty catalogue.</param>
/// <param name="Indicators">By code.</param>
/// <param name="Frameworks">The active version of each framework, compiled, by framework id.</param>
/// <param name="Thresholds">By id, without those that are retired; disabled ones included.</param>
public sealed record CatalogueSnapshot(
    long Revision,
    FrozenDictionary<string, V1.Indicator> Indicators,
    FrozenDictionary<string, ActiveFramework> Frameworks,
    FrozenDictionary<string, V1.Threshold> Thresholds
)
{
    /// <summary>Gets the retirement of each retired framework and threshold, by its resource name.</summary>
    public FrozenDictionary<string, Retirement> Retired { get; init; } = FrozenDictionary<string, Retirement>.Empty;

    /// <summary>The catalogue before anything was created.</summary>
    public static CatalogueSnapshot Empty { get; } =
        new(
            0,
            FrozenDictionary<string, V1.Indicator>.Empty,
            FrozenDictionary<string, ActiveFramework>.Empty,
            FrozenDictionary<string, V1.Threshold>.Empty
        );

    /// <summary>Whether a framework or a threshold is there or was retired: what it led to outlives it.</summary>
    /// <param name="name"><c>frameworks/{id}</c> or <c>thresholds/{id}</c>.</param>
    public bool HasOrHad(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Retired.ContainsKey(name)
            || (
                name.StartsWith(ResourceForm.Frameworks, StringComparison.Ordinal)
                && Frameworks.ContainsKey(name[ResourceForm.Frameworks.Length..])
            )
            || (
                name.StartsWith(ResourceForm.Thresholds, StringComparison.Ordinal)
                && Thresholds.ContainsKey(name[ResourceForm.Thresholds.Length..])
            );
    }
}

/// <summary>The end of a framework or a threshold.</summary>
/// <param name="Time">When it was retired.</param>
/// <param name="Revision">The catalogue's revision that retired it; what retired with a framework has the framework's.</param>
public sealed record Retirement(DateTimeOffset Time, long Revision);

/// <summary>The active version of a framework.</summary>
/// <param name="Id">The framework's id, without <c>frameworks/</c>.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Definition">As it was created.</param>
/// <param name="Compiled">Ready to score.</param>
public sealed record ActiveFramework(string Id, int Version, V1.Framework Definition, CompiledFramework Compiled);
