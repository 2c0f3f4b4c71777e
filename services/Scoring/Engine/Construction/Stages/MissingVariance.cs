using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>
/// How unsure a value is of which nothing is known. Over a scale with two ends it is that of a uniform distribution (JCGM 100:2008, GUM, section
/// 4.3.7); over a scale without ends it is that of the reference set's own values.
/// </summary>
internal static class MissingVariance
{
    /// <summary>The variance on the scale of the transform.</summary>
    /// <param name="method">The leaf's normalisation. Goalposts that values may pass are taken for ends all the same.</param>
    /// <param name="transform">The function made of it.</param>
    /// <param name="normalised">The reference set's values on the scale; null without a set.</param>
    /// <returns>The variance; +∞ where the scale has no ends and there is no set to look at.</returns>
    public static double Of(Normalisation method, Transform transform, SetColumn? normalised = null)
    {
        var (low, high) = method is Goalposts posts ? (transform.Apply(posts.Low), transform.Apply(posts.High)) : (transform.Low, transform.High);
        if (double.IsFinite(high - low)) return Link.Identity.UniformVariance(low, high);
        return normalised is { Count: > 1 } ? SampleMoments.Variance(normalised.Present) : double.PositiveInfinity;
    }
}
