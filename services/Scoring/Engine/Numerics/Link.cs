namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The scale on which a node adds its children up. Every aggregation here is a quasi-arithmetic mean h(Σ w·g(x) / Σ w) with h the inverse
/// of g, so one loop serves all of them. Source: A. N. Kolmogorov, "Sur la notion de la moyenne" (1930).
/// </summary>
internal enum Link
{
    /// <summary>g(x) = x: the arithmetic mean.</summary>
    Identity,

    /// <summary>g(x) = ln x: the geometric mean.</summary>
    Logarithm,

    /// <summary>g(x) = ln(x / (1 − x)): logistic regression.</summary>
    Logit,
}

/// <summary>The functions of each link.</summary>
internal static class Links
{
    /// <summary>
    /// Below this relative difference a secant is computed as the slope between its ends; both are then right to about 1e-11.
    /// </summary>
    private const double Close = 1e-5;

    /// <summary>g: from a score to the scale of addition.</summary>
    public static double Forward(Link link, double score) => link switch
    {
        Link.Logarithm => Math.Log(score),
        Link.Logit => Math.Log(score / (1 - score)),
        _ => score,
    };

    /// <summary>h: from the scale of addition back to a score.</summary>
    public static double Back(Link link, double linear) => link switch
    {
        Link.Logarithm => Math.Exp(linear),
        Link.Logit => 1 / (1 + Math.Exp(-linear)),
        _ => linear,
    };

    /// <summary>The derivative of h.</summary>
    public static double BackSlope(Link link, double linear)
    {
        if (link == Link.Identity) return 1;
        var score = Back(link, linear);
        return link == Link.Logarithm ? score : score * (1 - score);
    }

    /// <summary>The derivative of g.</summary>
    public static double ForwardSlope(Link link, double score) => link switch
    {
        Link.Logarithm => 1 / score,
        Link.Logit => 1 / (score * (1 - score)),
        _ => 1,
    };

    /// <summary>
    /// The slope of the chord of h between two points. For the logarithm it is the logarithmic mean of the two scores.
    /// Source: B. W. Ang, "Decomposition analysis for policymaking in energy", Energy Policy 32 (2004), the LMDI method.
    /// </summary>
    public static double BackSecant(Link link, double linear1, double score1, double linear2, double score2)
    {
        if (link == Link.Identity) return 1;
        var distance = linear2 - linear1;
        return Math.Abs(distance) < Close ? BackSlope(link, linear1 + (distance / 2)) : (score2 - score1) / distance;
    }

    /// <summary>The slope of the chord of g between two scores.</summary>
    public static double ForwardSecant(Link link, double score1, double score2)
    {
        if (link == Link.Identity) return 1;
        var middle = score1 + ((score2 - score1) / 2);
        return Math.Abs(score2 - score1) < Close * Math.Abs(middle)
            ? ForwardSlope(link, middle)
            : (Forward(link, score2) - Forward(link, score1)) / (score2 - score1);
    }

    /// <summary>
    /// The variance of g(U) for U uniform from low to high: exact, from the moments ∫ g and ∫ g² in closed form. For the logarithm it does
    /// not depend on the unit, so it is computed over 1 to high / low.
    /// </summary>
    public static double UniformVariance(Link link, double low, double high)
    {
        if (link != Link.Logarithm) return (high - low) * (high - low) / 12;
        var ratio = high / low;
        var log = Math.Log(ratio);
        var mean = ((ratio * (log - 1)) + 1) / (ratio - 1);
        var square = ((ratio * ((log * log) - (2 * log) + 2)) - 2) / (ratio - 1);
        return Math.Max(0, square - (mean * mean));
    }
}
