using System.Collections.Immutable;
using EarlyWarning.Contracts.Catalogue;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>How versions of a framework are shown.</summary>
internal static class FrameworkVersions
{
    /// <summary>A version as callers see it: only the newest of a framework that stands is active.</summary>
    public static V1.Framework Shown(FrameworkVersion version, IReadOnlyList<FrameworkVersion> versions, Retirement? end)
    {
        if (end is null && ReferenceEquals(version, versions[^1]))
        {
            return version.Definition;
        }

        var former = version.Definition.Clone();
        former.Active = false;
        former.RetireTime = end is null ? null : Timestamp.FromDateTimeOffset(end.Time);
        return former;
    }
}

/// <summary>One version of a framework, compiled when it is first asked for.</summary>
internal sealed class FrameworkVersion(
    string id, int number, V1.Framework definition, ImmutableSortedDictionary<string, V1.Indicator> indicators)
{
    private readonly Lazy<ActiveFramework?> _active = new(() =>
        FrameworkModels.TryCompile(definition, number, indicators.GetValueOrDefault, out var compiled, out _)
            ? new(id, number, definition, compiled)
            : null);

    /// <summary>Gets the version's number.</summary>
    public int Number => number;

    /// <summary>Gets the version as callers see it while it is the active one.</summary>
    public V1.Framework Definition => definition;

    /// <summary>
    /// Gets the compiled version; <see langword="null"/> where this build refuses what an earlier one accepted: it is then not scored, and the
    /// rest of the catalogue holds.
    /// </summary>
    public ActiveFramework? Active => _active.Value;
}
