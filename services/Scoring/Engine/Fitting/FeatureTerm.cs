using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// A product of indicators that has one coefficient: one indicator is a linear term, the same twice a square, two an interaction.
/// </summary>
/// <param name="Indicators">The codes, at least one; the same may stand more than once.</param>
public sealed record FeatureTerm(params ImmutableArray<string> Indicators)
{
    /// <summary>Gets the term as it is written, with its codes in ordinal order: <c>gdp·gdp</c>.</summary>
    public string Name => string.Join('·', Indicators.Sort(StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Equals(FeatureTerm? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
