namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Standardisation: mean + deviation · (x − m) / s, with m and s the mean and the sample standard deviation (n − 1) of the reference set.
/// It has a scale of its own without ends, in every framework. Source: OECD and JRC, Handbook (2008), section 5.2; COINr's n_zscore.
/// </summary>
/// <param name="Mean">What the mean of the set becomes.</param>
/// <param name="Deviation">What one standard deviation of the set becomes; above 0.</param>
public sealed record ZScore(double Mean = 0, double Deviation = 1) : Normalisation;
