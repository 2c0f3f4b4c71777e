namespace EarlyWarning.Catalogue;

/// <summary>
/// The newest catalogue that this silo has seen: one reference to an immutable snapshot, free to read on a hot path. Thread-safe.
/// </summary>
public interface ICatalogue
{
    /// <summary>The snapshot. Its revision never goes back.</summary>
    CatalogueSnapshot Current { get; }

    /// <summary>Completes when <see cref="Current"/> has a higher revision than the one given; at once where it already has.</summary>
    Task ChangedAsync(long revision, CancellationToken cancellationToken);

    /// <summary>
    /// Gets a snapshot as it was at a revision, for folding a journal and for <c>as_of</c>: frameworks, thresholds and indicators of then.
    /// The present one where <paramref name="revision"/> is the present one or higher. Whoever needs a revision that this silo may not have
    /// seen
    /// yet awaits <see cref="ChangedAsync"/> for the one before it first.
    /// </summary>
    CatalogueSnapshot At(long revision);
}
