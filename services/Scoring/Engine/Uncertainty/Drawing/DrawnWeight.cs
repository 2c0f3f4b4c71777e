using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>One weight that differs from draw to draw.</summary>
/// <param name="Source">The element's number.</param>
/// <param name="Weight">Its weight as it is.</param>
/// <param name="Share">Its share of its siblings' and its own.</param>
/// <param name="Noise">How unsure it is.</param>
internal sealed record DrawnWeight(int Source, double Weight, double Share, WeightNoise Noise)
{
    /// <summary>Draws a block.</summary>
    public void Draw(in DrawBlock draws, Span<double> weights)
    {
        var stream = draws.Weights(Source);
        if (Noise is DirichletWeightNoise dirichlet)
        {
            // Independent gamma numbers over their sum are a Dirichlet one.
            var gamma = new GammaDistribution(dirichlet.Concentration * Share);
            for (var i = 0; i < weights.Length; i++)
                weights[i] = gamma.At(stream, draws.First + i);
            return;
        }

        // weight · (1 + factor · (2u − 1))
        var factor = ((UniformWeightNoise)Noise).Factor;
        stream.Fill(weights, draws.First);
        Lanes.Line(weights, Weight * (1 - factor), 2 * Weight * factor, double.NegativeInfinity, double.PositiveInfinity, weights);
    }
}
