using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Risk.Lookup;

/// <summary>
/// Everything that is recorded of a country, to be looked up in; what is recorded anew is added with its entry. Belongs to the writer of
/// the country's journal and is given up with it. One call at a time.
/// </summary>
internal interface IPastObservations : IDisposable
{
    /// <summary>Finds what is recorded of what a search seeks, all of it in one pass.</summary>
    Task FindAsync(Search search, CancellationToken cancellationToken);

    /// <summary>Adds an entry to what is committed with it.</summary>
    void Write(Unit unit, ReadOnlySpan<ObservationRow> rows, long position);

    /// <summary>What was written last is on the disk.</summary>
    void Committed();
}
