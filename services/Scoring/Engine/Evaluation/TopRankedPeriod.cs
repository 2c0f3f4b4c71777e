namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>What a list of the highest scores came to in one period.</summary>
/// <param name="Period">The period.</param>
/// <param name="Cases">How many were ranked.</param>
/// <param name="Listed">How many are on the list.</param>
/// <param name="Events">How many of the ranked the event came to.</param>
/// <param name="Hits">How many of those are on the list; where a tie is cut, the share of it that is on the list counts.</param>
public readonly record struct TopRankedPeriod(int Period, int Cases, int Listed, int Events, double Hits)
{
    /// <summary>Gets the share of the events that are on the list, 0 to 1; null without an event.</summary>
    public double? Recall => Events == 0 ? null : Hits / Events;

    /// <summary>Gets the share of the list that the event came to, 0 to 1; null for an empty list.</summary>
    public double? Precision => Listed == 0 ? null : Hits / Listed;
}
