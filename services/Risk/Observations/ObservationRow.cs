using EarlyWarning.Catalogue.Observations;

namespace EarlyWarning.Risk.Observations;

/// <summary>An observation as the fold sees it. Times are UTC ticks.</summary>
internal struct ObservationRow
{
    public string Id;
    public string Indicator;
    public string Source;
    public long Observed;
    public long Horizon;
    public long Revision;

    /// <summary>When the world could know it; 0 where the sender did not say.</summary>
    public long KnownAt;
    public double Value;
    public double Precision;
    public PrecisionKind PrecisionKind;

    /// <summary>When it counts as known: when the world could, or else when it was recorded.</summary>
    public readonly long KnownFrom(long recorded) => KnownAt != 0 ? KnownAt : recorded;

    /// <summary>The series that it belongs to, found before the row is applied.</summary>
    public Series? Series;
    public UInt128 IdHash;
    public ulong ContentHash;

    /// <summary>The place among the rows of its entry.</summary>
    public int Place;

    /// <summary>Its natural key already had a higher revision.</summary>
    public bool Outdated;

    /// <summary>The hash of the id that it took the place of as the current one of its natural key; 0 for none.</summary>
    public UInt128 Replaced;

    /// <summary>What is compared where its id comes again.</summary>
    public readonly ObservationContent Content => new(Observed, Horizon, Revision, Value, (int)PrecisionKind, Precision, KnownAt);
}

/// <summary>What a row says of how sure its value is.</summary>
internal enum PrecisionKind : byte
{
    None = 0,
    StandardError = 1,
    Confidence = 2,
}
