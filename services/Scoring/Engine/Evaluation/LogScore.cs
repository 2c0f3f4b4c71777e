using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// The logarithmic score. Source: I. J. Good, "Rational Decisions", Journal of the Royal Statistical Society B 14 (1952).
/// </summary>
public static class LogScore
{
    /// <summary>
    /// Gets how near to 0 or 1 a probability is taken at most, so that one certain error costs about 34.5 and not for ever.
    /// </summary>
    public static double Edge => 1e-15;

    /// <summary>Measures it.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <returns>The mean of −ln p(outcome), in nats; less is better.</returns>
    /// <exception cref="FittingException">There is no case, or a score is not from 0 to 1.</exception>
    public static double Measure(ReadOnlySpan<ScoredOutcome> cases)
    {
        ForecastRules.CheckProbabilities(cases);
        var sum = 0.0;
        foreach (var item in cases)
            sum -= Math.Log(Math.Clamp(item.Outcome ? item.Score : 1 - item.Score, Edge, 1));
        return sum / cases.Length;
    }
}
