using EarlyWarning.Risk.Lookup;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Writing;

/// <summary>Where countries are kept.</summary>
/// <param name="Store">The tables.</param>
/// <param name="Journals">The journals.</param>
/// <param name="DueTimes">When a country is woken.</param>
/// <param name="Blocks">What is kept in memory of where late observations are recorded.</param>
/// <param name="Snapshots">How often a state is kept beside its journal.</param>
internal sealed record CountryStorage(IStore Store, IJournals Journals, IDueTimes DueTimes, BlockCache Blocks, SnapshotPolicy Snapshots);
