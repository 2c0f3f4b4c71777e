using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Catalogue.Rules;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue;

/// <summary>
/// The whole catalogue at one revision, with every version of every framework. Immutable; a later state shares what it did not change, so
/// that keeping all of them costs a few nodes a change.
/// </summary>
public sealed partial record CatalogueState
{
    /// <summary>The catalogue before the first change.</summary>
    public static CatalogueState Empty { get; } = new();

    /// <summary>Gets the revision: the position of the last change.</summary>
    public long Revision { get; private init; }

    /// <summary>Gets the indicators by code.</summary>
    public ImmutableSortedDictionary<string, V1.Indicator> Indicators { get; private init; } = Sorted<V1.Indicator>();

    /// <summary>Gets the versions of each framework by its id, the oldest first.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<FrameworkVersion>> Frameworks { get; private init; } =
        Sorted<ImmutableList<FrameworkVersion>>();

    /// <summary>Gets the thresholds by id.</summary>
    public ImmutableSortedDictionary<string, V1.Threshold> Thresholds { get; private init; } = Sorted<V1.Threshold>();

    /// <summary>Applies one change. Total: a change that cannot be read moves the revision on.</summary>
    public CatalogueState Apply(CatalogueEntry entry)
    {
        var next = this with { Revision = entry.Revision };
        var time = Timestamp.FromDateTimeOffset(entry.RecordedAt);
        return entry.Change switch
        {
            V1.CreateIndicatorsRequest change => next with { Indicators = WithIndicators(change.Indicators, time) },
            V1.CreateFrameworkRequest change => (next with { Indicators = WithIndicators(change.Indicators, time) }).WithFramework(
                change.Framework,
                time
            ),
            V1.UpdateThresholdRequest change => next.WithThreshold(change.Threshold, time),
            V1.RetireThresholdRequest change => next.WithoutThreshold(change.Name, entry.RecordedAt),
            V1.RetireFrameworkRequest change => next.WithoutFramework(change.Name, entry.RecordedAt),
            _ => next,
        };
    }

    /// <summary>Gets the active version of a framework; <see langword="null"/> where there is none of this id.</summary>
    public FrameworkVersion? ActiveOf(string id) => Frameworks.GetValueOrDefault(id)?[^1];

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, V1.Indicator> WithIndicators(IEnumerable<V1.Indicator> added, Timestamp time)
    {
        var builder = Indicators.ToBuilder();
        foreach (var indicator in added)
        {
            indicator.CreateTime = time;
            builder.TryAdd(indicator.Code, indicator);
        }

        return builder.ToImmutable();
    }

    private CatalogueState WithFramework(V1.Framework? framework, Timestamp time)
    {
        if (framework is null)
        {
            return this;
        }

        var id = ResourceForm.FrameworkIdOf(framework.Name);
        var versions = Frameworks.GetValueOrDefault(id) ?? [];
        framework.Name = string.Create(CultureInfo.InvariantCulture, $"{ResourceForm.Frameworks}{id}/versions/{versions.Count + 1}");
        framework.Active = true;
        framework.Etag = Revision.ToString("x", CultureInfo.InvariantCulture);
        framework.Revision = Revision;
        framework.CreateTime = time;
        return this with { Frameworks = Frameworks.SetItem(id, versions.Add(new(id, versions.Count + 1, framework, Indicators))) };
    }

    private CatalogueState WithThreshold(V1.Threshold? threshold, Timestamp time)
    {
        if (threshold is null || ResourceForm.IdOf(threshold.Name, ResourceForm.Thresholds) is not { } id)
        {
            return this;
        }

        threshold.Etag = Revision.ToString("x", CultureInfo.InvariantCulture);
        threshold.Revision = Revision;
        threshold.UpdateTime = time;
        return this with { Thresholds = Thresholds.SetItem(id, threshold) };
    }
}
