namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>An indicator in its place in the tree.</summary>
public sealed record Leaf : Element
{
    /// <summary>Gets the indicator's code.</summary>
    public string Indicator => Code;

    /// <summary>Gets how the indicator's values come onto the framework's scale.</summary>
    public required Normalisation Normalisation { get; init; }

    /// <summary>Gets how long an observation counts after its observed time; null for ever.</summary>
    public TimeSpan? Validity { get; init; }
}
