namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// An indicator in its place in the tree. Its observations go through these steps, in this order: denominator, imputation, treatment,
/// direction, normalisation.
/// </summary>
public sealed record Leaf : Element
{
    /// <summary>Gets the indicator's code.</summary>
    public string Indicator => Code;

    /// <summary>Gets what the value is divided by; null for nothing.</summary>
    public Denominator? Denominator { get; init; }

    /// <summary>Gets what takes the place of a missing value; null for nothing, so that the parent's policy decides.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>Gets how outliers of the reference set are treated; null for not at all.</summary>
    public Treatment? Treatment { get; init; }

    /// <summary>Gets how the indicator's values come onto the framework's scale.</summary>
    public required Normalisation Normalisation { get; init; }

    /// <summary>Gets how far a value lies from the truth where its observation does not say; null where that is not known.</summary>
    public ValueError? DefaultError { get; init; }

    /// <summary>Gets where true values of the indicator lie; null where that is not known.</summary>
    public ValueRange? ValidRange { get; init; }

    /// <summary>
    /// Gets how long an observation counts after its observed time (the last observation is carried forward that long); null for ever.
    /// </summary>
    public TimeSpan? Validity { get; init; }
}
