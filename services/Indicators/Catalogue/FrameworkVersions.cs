using EarlyWarning.Catalogue;
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
