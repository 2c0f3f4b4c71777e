using EarlyWarning.Catalogue.Rules;
using Orleans.Concurrency;

namespace EarlyWarning.Contracts.Catalogue;

/// <summary>
/// The one writer of the catalogue: indicators, frameworks and thresholds, journalled. Faults come back in the answer; a
/// <see cref="KeptRequest"/> is kept with what was done, and not where it was refused or only checked. Key: 0.
/// </summary>
/// <remarks>
/// Called by the services of indicators, frameworks and thresholds, one call after the other but for <see cref="ChangesAfterAsync"/>;
/// whoever only reads follows that through <c>ICatalogue</c>. What a call answers is durable. After an exception it is not known whether
/// the change was made: the same request again, with the same <see cref="KeptRequest"/>, finds out.
/// </remarks>
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Creates indicators, all or none.</summary>
    Task<CatalogueChange> CreateIndicatorsAsync(IReadOnlyList<V1.Indicator> indicators, bool validateOnly, KeptRequest? request = null);

    /// <summary>Creates a framework's next version, with the indicators that it brings along, and makes it active.</summary>
    Task<CatalogueChange> CreateFrameworkAsync(
        V1.Framework framework,
        IReadOnlyList<V1.Indicator> indicators,
        bool validateOnly,
        KeptRequest? request = null
    );

    /// <summary>Creates a threshold.</summary>
    Task<CatalogueChange> CreateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request = null);

    /// <summary>Replaces a threshold.</summary>
    Task<CatalogueChange> UpdateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request = null);

    /// <summary>Retires a threshold.</summary>
    Task<CatalogueChange> RetireThresholdAsync(string name, string etag, bool validateOnly, KeptRequest? request = null);

    /// <summary>Retires a framework and the thresholds that watch it.</summary>
    Task<CatalogueChange> RetireFrameworkAsync(string name, string etag, bool validateOnly, KeptRequest? request = null);

    /// <summary>
    /// Gets all journalled changes after a revision, serialized, so that each process folds its own snapshots from them. A write is
    /// answered once all who follow have it, or have not asked for a second.
    /// </summary>
    /// <param name="revision">The revision.</param>
    /// <param name="reader">Who follows, and has everything up to the revision; empty for one who only asks.</param>
    /// <param name="patience">How long to wait for a change where there is none yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AlwaysInterleave]
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ChangesAfterAsync(
        long revision,
        string reader = "",
        TimeSpan patience = default,
        CancellationToken cancellationToken = default
    );
}

/// <summary>What a change came to: a revision, or the faults that refused it.</summary>
/// <param name="Revision">The catalogue's revision after the change.</param>
/// <param name="Indicators">The indicators as kept, in the order of the request.</param>
/// <param name="Framework">The framework as kept.</param>
/// <param name="Threshold">The threshold as kept.</param>
/// <param name="Faults">Why it was refused; empty where it was not.</param>
[GenerateSerializer, Immutable, Alias("catalogue-change")]
public sealed record CatalogueChange(
    [property: Id(0)] long Revision,
    [property: Id(1)] IReadOnlyList<V1.Indicator> Indicators,
    [property: Id(2)] V1.Framework? Framework,
    [property: Id(3)] V1.Threshold? Threshold,
    [property: Id(4)] IReadOnlyList<CatalogueFault> Faults
)
{
    /// <summary>Gets the names of the thresholds that were retired with the framework.</summary>
    [Id(5)]
    public IReadOnlyList<string> RetiredThresholds { get; init; } = [];
}
