namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// The distance covered to a target: (x − min) / (target − min), where min is the least value of the reference set and a leaf that lowers
/// has its values and its target turned. Source: OECD and JRC, Handbook (2008), section 5.4; COINr's n_dist2targ.
/// A target that the whole set has reached is refused at load; COINr goes on with a scale that is turned round.
/// </summary>
/// <param name="Target">The target, in the indicator's unit (after its denominator).</param>
/// <param name="Capped">Whether values beyond the target count as the target, and values short of the set's least as that.</param>
public sealed record DistanceToTarget(double Target, bool Capped = false) : Normalisation;

/// <summary>
/// The distance covered to a country of the reference set: 1 − (xᵣ − x) / (xᵣ − min). Source: OECD and JRC, Handbook (2008), section 5.4;
/// COINr's n_dist2ref.
/// </summary>
/// <param name="Unit">The code of the country in the reference set.</param>
/// <param name="Capped">Whether values beyond the country's count as its, and values short of the set's least as that.</param>
public sealed record DistanceToReference(string Unit, bool Capped = false) : Normalisation;

/// <summary>
/// The distance covered to the greatest value of the reference set: 1 − (max − x) / (max − min). Live values beyond the set go on along the
/// line. Source: COINr's n_dist2max.
/// </summary>
public sealed record DistanceToMaximum : Normalisation;

/// <summary>
/// The share of the greatest value of the reference set: x / max. Source: OECD and JRC, Handbook (2008), section 5.4 (distance to the
/// leader); COINr's n_fracmax. On turned values, as COINr has it, it is x / min, which rises with
/// x where the values are above 0: a leaf that lowers is better served by another method.
/// </summary>
public sealed record FractionOfMaximum : Normalisation;
