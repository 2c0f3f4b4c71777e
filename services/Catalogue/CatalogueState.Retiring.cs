using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Catalogue.Rules;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue;

/// <content>What was retired: kept to be read, and so that its names stay taken.</content>
public sealed partial record CatalogueState
{
    /// <summary>Gets the retirement of each retired framework and threshold, by its resource name.</summary>
    public ImmutableSortedDictionary<string, Retirement> Retired { get; private init; } = Sorted<Retirement>();

    /// <summary>Gets the versions of each retired framework by its id, the oldest first.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<FrameworkVersion>> RetiredFrameworks { get; private init; } =
        Sorted<ImmutableList<FrameworkVersion>>();

    /// <summary>Gets the retired thresholds by id, as they stood at their end.</summary>
    public ImmutableSortedDictionary<string, V1.Threshold> RetiredThresholds { get; private init; } = Sorted<V1.Threshold>();

    /// <summary>
    /// Gets the versions of a framework, also of a retired one, the oldest first; <see langword="null"/> where there never was one of this
    /// id.
    /// </summary>
    public ImmutableList<FrameworkVersion>? VersionsOf(string id) =>
        Frameworks.GetValueOrDefault(id) ?? RetiredFrameworks.GetValueOrDefault(id);

    /// <summary>Gets a threshold, also a retired one; <see langword="null"/> where there never was one of this id.</summary>
    public V1.Threshold? ThresholdOf(string id) => Thresholds.GetValueOrDefault(id) ?? RetiredThresholds.GetValueOrDefault(id);

    private CatalogueState WithoutThreshold(string name, DateTimeOffset time)
    {
        if (ResourceForm.IdOf(name, ResourceForm.Thresholds) is not { } id || !Thresholds.TryGetValue(id, out var threshold))
        {
            return this;
        }

        var ended = threshold.Clone();
        ended.Etag = Revision.ToString("x", CultureInfo.InvariantCulture);
        ended.Revision = Revision;
        ended.UpdateTime = Timestamp.FromDateTimeOffset(time);
        ended.RetireTime = ended.UpdateTime;
        return this with
        {
            Thresholds = Thresholds.Remove(id),
            RetiredThresholds = RetiredThresholds.SetItem(id, ended),
            Retired = Retired.SetItem(name, new(time, Revision)),
        };
    }

    private CatalogueState WithoutFramework(string name, DateTimeOffset time)
    {
        if (ResourceForm.IdOf(name, ResourceForm.Frameworks) is not { } id || !Frameworks.TryGetValue(id, out var versions))
        {
            return this;
        }

        var without = this with
        {
            Frameworks = Frameworks.Remove(id),
            RetiredFrameworks = RetiredFrameworks.SetItem(id, versions),
            Retired = Retired.SetItem(name, new(time, Revision)),
        };
        return Thresholds
            .Values.Where(threshold => threshold.Framework == name)
            .Aggregate(without, (state, threshold) => state.WithoutThreshold(threshold.Name, time));
    }
}
