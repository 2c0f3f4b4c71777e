namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// The rank among the reference set, 1 for the least value; of tied values each has the lowest rank (COINr's default, "min"). A value that
/// is not of the set has the number of the set's lower values, plus 1, and at most the number of all. On the framework's scale rank 1 is
/// the floor and the number of the set's values is 100. Source: OECD and JRC, Handbook (2008), section 5.1; COINr's n_rank.
/// </summary>
public sealed record Ranking : Normalisation;

/// <summary>
/// The Borda count: the number of the reference set's values that are lower, from 0. Source: COINr's n_borda; J.-C. de Borda, "Mémoire sur
/// les élections au scrutin" (1781).
/// </summary>
public sealed record BordaCount : Normalisation;

/// <summary>
/// The percentile rank: (rank − 1) / (n − 1), from 0 to 1, ties at the lowest. Source: OECD and JRC, Handbook (2008), section 5.1; COINr's
/// n_prank.
/// </summary>
public sealed record PercentileRank : Normalisation;
