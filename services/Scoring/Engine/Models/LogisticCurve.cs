namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// An S-shaped curve: 1 / (1 + exp(−steepness · (x − midpoint))), which saturates at both ends. With a leaf that lowers it falls instead.
/// Source: P.-F. Verhulst, "Recherches mathématiques sur la loi d'accroissement de la population" (1845), as a utility curve for an
/// indicator.
/// </summary>
/// <param name="Midpoint">The value at the middle of the scale, in the indicator's unit.</param>
/// <param name="Steepness">How fast it rises there, per unit; above 0.</param>
public sealed record LogisticCurve(double Midpoint, double Steepness) : Normalisation
{
    /// <inheritdoc/>
    public override bool NeedsReference => false;
}

/// <summary>
/// The value as it is (turned if the leaf lowers): for data that someone else has normalised. It keeps its own scale. Source: COINr's
/// "none".
/// </summary>
public sealed record AsIs : Normalisation
{
    /// <inheritdoc/>
    public override bool NeedsReference => false;
}
