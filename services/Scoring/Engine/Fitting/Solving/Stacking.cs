namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// The weights of a mixture that make what happened most likely, by expectation-maximisation: each step multiplies a weight by the mean
/// share that its member has in the mixture's likelihood, which never lowers it. The likelihood is concave in the weights, so this is the
/// optimum.
/// Source: A. P. Dempster, N. M. Laird and D. B. Rubin, Journal of the Royal Statistical Society B 39 (1977), section 4.3.
/// </summary>
internal static class Stacking
{
    /// <summary>A weight that fell far grows back slowly: where the steps end first, the factor below is still well under 1.001.</summary>
    private const int MaximumIterations = 10_000;

    /// <summary>No member may be worth more than this factor: then the log score is within its logarithm of the best there is.</summary>
    private const double Slack = 1 + 1e-7;

    private const double SmallestLikelihood = 1e-300;

    /// <param name="likelihoods">For each member, the probability that it gave to what came of each case.</param>
    /// <param name="counts">The weight of each case.</param>
    /// <returns>The weights and the mean log score, in nats.</returns>
    public static (double[] Weights, double LogScore) Weights(double[][] likelihoods, ReadOnlySpan<double> counts)
    {
        var members = likelihoods.Length;
        var weights = new double[members];
        weights.AsSpan().Fill(1.0 / members);
        var mixture = new double[counts.Length];
        var gains = new double[members];
        var total = 0.0;
        foreach (var count in counts)
            total += count;
        for (var iteration = 0; ; iteration++)
        {
            mixture.AsSpan().Clear();
            for (var i = 0; i < members; i++)
                Dense.AddScaled(mixture, weights[i], likelihoods[i]);
            for (var row = 0; row < mixture.Length; row++)
                mixture[row] = counts[row] / total / Math.Max(mixture[row], SmallestLikelihood);
            var largest = 0.0;
            for (var i = 0; i < members; i++)
            {
                gains[i] = Dense.Dot(mixture, likelihoods[i]);
                largest = Math.Max(largest, gains[i]);
            }

            if (largest <= Slack || iteration == MaximumIterations)
                break;
            var sum = 0.0;
            for (var i = 0; i < members; i++)
                sum += weights[i] *= gains[i];
            for (var i = 0; i < members; i++)
                weights[i] /= sum;
        }

        var score = 0.0;
        for (var row = 0; row < mixture.Length; row++)
        {
            var mean = 0.0;
            for (var i = 0; i < members; i++)
                mean += weights[i] * likelihoods[i][row];
            score -= counts[row] / total * Math.Log(Math.Max(mean, SmallestLikelihood));
        }

        return (weights, score);
    }
}
