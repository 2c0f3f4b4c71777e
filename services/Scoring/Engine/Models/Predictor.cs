namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>One indicator in a logistic model.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Coefficient">The change of the log-odds for one unit of the indicator.</param>
public sealed record Predictor(string Indicator, double Coefficient)
{
    /// <summary>
    /// Gets the value held while the indicator is missing, and the baseline of its contribution; without one the baseline is 0.
    /// </summary>
    public double? Default { get; init; }

    /// <summary>
    /// Gets the range in which the indicator's value is expected, over which a missing value is taken to be uniform. Needed where a missing
    /// value is held at a default. Values outside it are used as they are.
    /// </summary>
    public ValueRange? Range { get; init; }

    /// <summary>Gets how far a value lies from the truth where its observation does not say; null where that is not known.</summary>
    public ValueError? DefaultError { get; init; }

    /// <summary>Gets how long an observation counts after its observed time; null for ever.</summary>
    public TimeSpan? Validity { get; init; }
}
