namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// An index: a tree of any depth whose leaves are indicators. Its score goes from <see cref="ScaleFloor"/> to 100, and higher is more risk.
/// Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), steps 5 (normalisation) and 6 (weighting and aggregation).
/// </summary>
public sealed record CompositeFramework : Framework
{
    /// <summary>Gets the root of the tree: the index itself.</summary>
    public required Node Root { get; init; }

    /// <summary>
    /// Gets the lower end of the scale on which every value of the tree stands; 0 by default. A tree with a geometric mean in it needs more
    /// than 0 (1 is customary), because one 0 would make the whole product 0: Handbook (2008), section 6.3.
    /// </summary>
    public double ScaleFloor { get; init; }

    /// <summary>
    /// Gets the frozen set of countries that methods such as ranks, z-scores and principal components look at; null where no method needs
    /// one. Re-basing is a new version of the framework with another set.
    /// </summary>
    public ReferenceSet? Reference { get; init; }

    /// <summary>Gets which countries have too little data for any score; null for none.</summary>
    public Screening? Screening { get; init; }

    /// <inheritdoc/>
    public override double Ceiling => 100;
}
