namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// What a child without a value does. Whatever the policy, data that goes missing lowers the coverage, so a score never falls by silence
/// alone without showing it. Source: OECD and JRC, Handbook (2008), section 3 (imputation of missing data).
/// </summary>
public abstract record MissingDataPolicy
{
    private protected MissingDataPolicy() { }
}

/// <summary>
/// Leaves the child out and gives its weight to the others in proportion, as long as enough of the node is backed by data.
/// </summary>
/// <param name="CoverageFloor">
/// The least share, 0 to 1, of the node's weight that must be backed by valid data; below it the node has no score. Data under a child that
/// itself has no score, and values held for missing data, back nothing.
/// </param>
public sealed record RenormaliseWeights(double CoverageFloor) : MissingDataPolicy
{
    /// <summary>
    /// Gets the least share, 0 to 1, of the node's children that must have a value, counted one by one without regard to weight; below it
    /// the node has no score. COINr's dat_thresh. 0, the default, asks for none.
    /// </summary>
    public double PresenceFloor { get; init; }
}

/// <summary>Puts a stated value in the child's place, with its full weight: 100 for the worst case, 50 for a neutral one.</summary>
/// <param name="Value">The value on the node's own scale, as it counts after the child's direction.</param>
/// <param name="Spread">How far the truth may lie from it: a standard deviation on the same scale.</param>
public sealed record HoldValue(double Value, double Spread = 0) : MissingDataPolicy;

/// <summary>Gives no score as soon as a child that has a weight is missing.</summary>
public sealed record RefuseIncomplete : MissingDataPolicy;

/// <summary>Puts each predictor's own default in its place. Only in a <see cref="LogisticFramework"/>.</summary>
public sealed record HoldDefaults : MissingDataPolicy;
