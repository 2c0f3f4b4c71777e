namespace EarlyWarning.Risk.Lookup;

/// <summary>Everything that is recorded of a country, to be looked up in.</summary>
internal interface IPastObservations
{
    /// <summary>Finds what is recorded of what a search seeks, all of it in one pass.</summary>
    Task FindAsync(Search search, CancellationToken cancellationToken);
}
