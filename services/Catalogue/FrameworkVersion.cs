using System.Collections.Immutable;

namespace EarlyWarning.Catalogue;

/// <summary>One version of a framework, compiled when it is first asked for.</summary>
public sealed class FrameworkVersion(
    string id,
    int number,
    V1.Framework definition,
    ImmutableSortedDictionary<string, V1.Indicator> indicators
)
{
    private readonly Lazy<ActiveFramework?> _active = new(() =>
        FrameworkModels.TryCompile(definition, number, indicators.GetValueOrDefault, out var compiled, out _)
            ? new(id, number, definition, compiled)
            : null
    );

    /// <summary>Gets the version's number.</summary>
    public int Number => number;

    /// <summary>Gets the version as callers see it while it is the active one.</summary>
    public V1.Framework Definition => definition;

    /// <summary>
    /// Gets the compiled version; <see langword="null"/> where this build refuses what an earlier one accepted: it is then not scored, and
    /// the rest of the catalogue holds.
    /// </summary>
    public ActiveFramework? Active => _active.Value;
}
