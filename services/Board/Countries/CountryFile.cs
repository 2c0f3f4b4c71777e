using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>All that a viewer is told of one country under one framework, at one moment. Immutable.</summary>
public sealed record CountryFile
{
    /// <summary>Gets the framework's version under which the country is scored.</summary>
    public required Framework Framework { get; init; }

    /// <summary>Gets the score with what adds to it and what moved it.</summary>
    public required ExplainCountryRiskResponse Explained { get; init; }

    /// <summary>Gets how the score changed, oldest first.</summary>
    public required IReadOnlyList<RiskChange> Changes { get; init; }

    /// <summary>Gets whether there are older changes that are not among them.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Gets what was known at moments of the chart's span, oldest first.</summary>
    public required IReadOnlyList<ScoreSample> Samples { get; init; }

    /// <summary>Gets the enabled thresholds under the framework that hold for the country.</summary>
    public required IReadOnlyList<Threshold> Thresholds { get; init; }

    /// <summary>Gets the indicators, by code.</summary>
    public required IReadOnlyDictionary<string, Indicator> Indicators { get; init; }

    /// <summary>Gets its breaches, cases and messages; <see langword="null"/> where the viewer may not see them.</summary>
    public required CountryWarnings? Warnings { get; init; }

    /// <summary>Gets how it stands under the framework that is read beside this one; <see langword="null"/> for none.</summary>
    public required CountryRisk? Beside { get; init; }

    /// <summary>Gets what the suite did not answer, and why; the rest is as ever.</summary>
    public required IReadOnlyDictionary<string, string> Faults { get; init; }

    /// <summary>Gets the risk.</summary>
    public CountryRisk Risk => Explained.Risk;

    /// <summary>Gets the tree of what the score is made of.</summary>
    public Factor Tree => field ??= Factor.Of(Framework, Explained);

    /// <summary>The score before a moment; <see langword="null"/> for none.</summary>
    public double? ScoreBefore(DateTimeOffset at) =>
        Changes.LastOrDefault(one => one.Time.ToDateTimeOffset() <= at) is { HasScore: true } change ? change.Score : null;
}

/// <summary>The newest warnings of a country, and how many there are in all. Immutable.</summary>
/// <param name="Breaches">Under the framework, newest first.</param>
/// <param name="BreachCount">How many there are.</param>
/// <param name="Cases">Under whatever framework: open ones first, newest first.</param>
/// <param name="CaseCount">How many there are.</param>
/// <param name="Messages">Newest first.</param>
/// <param name="MessageCount">How many there are.</param>
public sealed record CountryWarnings(
    IReadOnlyList<Breach> Breaches,
    int BreachCount,
    IReadOnlyList<Case> Cases,
    int CaseCount,
    IReadOnlyList<Notification> Messages,
    int MessageCount
);
