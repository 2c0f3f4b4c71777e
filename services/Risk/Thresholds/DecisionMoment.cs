using EarlyWarning.Catalogue;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>The moment that is decided upon. Times are in ticks.</summary>
/// <param name="Country">The country.</param>
/// <param name="Catalogue">What holds at it.</param>
/// <param name="Position">The position of the input that it belongs to.</param>
/// <param name="Slice">How many slices of the input had begun: 0 where time alone led to it, before the first.</param>
/// <param name="Time">When it is, by what was observed or by what time alone changes.</param>
/// <param name="Recorded">When the input was recorded.</param>
internal readonly record struct DecisionMoment(
    string Country,
    CatalogueSnapshot Catalogue,
    long Position,
    int Slice,
    long Time,
    long Recorded
);
