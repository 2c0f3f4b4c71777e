using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A score for each range of values. Source: OECD and JRC, Handbook (2008), section 5.5 (categorical scales). The scores stand for
/// themselves: they already say how much risk a range means, so the leaf's direction does not turn them.
/// </summary>
/// <param name="Steps">By rising bound; the first holds for everything lower too. At least two.</param>
public sealed record CategoricalBands(ImmutableArray<CategoryStep> Steps) : Normalisation
{
    /// <inheritdoc/>
    public override bool NeedsReference => false;
}

/// <summary>One range of values.</summary>
/// <param name="From">The least value of the range, in the indicator's unit.</param>
/// <param name="Score">What it scores, on the framework's scale.</param>
public sealed record CategoryStep(double From, double Score);
