using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>What a Monte Carlo run found.</summary>
/// <param name="Draws">The number of draws.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Confidence">The share of the draws that the intervals hold.</param>
/// <param name="Countries">The countries, in the order in which they were given.</param>
public sealed record MonteCarloResult(int Draws, ulong Seed, double Confidence, ImmutableArray<CountryDistribution> Countries);

/// <summary>How one country's score is distributed.</summary>
/// <param name="Country">Its code.</param>
/// <param name="Nominal">
/// The point score of the framework as it is; null where its rules give none, and then nothing was drawn, all numbers are NaN and all lists
/// empty.
/// </param>
/// <param name="Draws">The draws in which the country had a score: all, unless a choice of method leaves it without one.</param>
/// <param name="Mean">The mean of the score.</param>
/// <param name="StandardDeviation">Its standard deviation (divided by n − 1).</param>
/// <param name="Low">The lower end of the interval, a quantile of type 7 (R's default) over all draws.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The upper end.</param>
/// <param name="Levels">
/// The probability of each of the framework's risk levels, lowest first, by the score and by the nodes that decide beside it; they add up
/// to 1.
/// </param>
/// <param name="AtLeast">The probability of being at or above each of the values asked for, in their order.</param>
/// <param name="Rank">How its rank is distributed; null where one country was run alone.</param>
public sealed record CountryDistribution(
    string Country,
    double? Nominal,
    int Draws,
    double Mean,
    double StandardDeviation,
    double Low,
    double Median,
    double High,
    ImmutableArray<ProbabilityEstimate> Levels,
    ImmutableArray<ProbabilityEstimate> AtLeast,
    RankDistribution? Rank
);

/// <summary>A probability as the share of draws.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="StandardError">
/// How far it errs because draws are finite: √(p·(1 − p) / n). It says nothing about errors that were not drawn.
/// </param>
public readonly record struct ProbabilityEstimate(double Value, double StandardError)
{
    internal static ProbabilityEstimate Of(int hits, int draws)
    {
        var share = (double)hits / draws;
        return new ProbabilityEstimate(share, Math.Sqrt(share * (1 - share) / draws));
    }
}

/// <summary>
/// How a country's rank is distributed; rank 1 has the highest level and in it the highest score, and tied countries have the best of their
/// ranks, as in COINr.
/// </summary>
/// <param name="Nominal">The rank by the point scores.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end of the interval, a quantile of type 7.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The upper end.</param>
public sealed record RankDistribution(int Nominal, double Mean, double Low, double Median, double High);
