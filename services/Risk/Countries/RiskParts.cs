using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Moving;
using EarlyWarning.Risk.Simulating;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Store;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Sequences;

namespace EarlyWarning.Risk.Countries;

/// <summary>What the country grains of a silo share.</summary>
internal sealed record RiskParts(
    IStore Store,
    IJournals Journals,
    BlockCache Blocks,
    SeriesLimits SeriesLimits,
    IDueTimes DueTimes,
    ICatalogue Catalogue,
    ChangeSequence Breaches,
    SuiteClock Time,
    BreachAuthor Author,
    CountryRisks Risks,
    CountryHealth Health,
    LocalCountries Open,
    RiskMetrics Metrics,
    Ranges Ranges,
    RiskOptions Options
);
