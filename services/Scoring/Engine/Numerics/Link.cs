using System.Runtime.CompilerServices;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The scale on which a node adds its children up. Every mean here is a quasi-arithmetic one, h(Σ w·g(x) / Σ w) with h the inverse of g, so
/// one loop serves all of them. Source: A. N. Kolmogorov, "Sur la notion de la moyenne" (1930).
/// </summary>
/// <param name="Kind">Which function g is.</param>
/// <param name="Exponent">The exponent of a power; without meaning for the others.</param>
internal readonly record struct Link(LinkKind Kind, double Exponent = 1)
{
    /// <summary>g(x) = x: the arithmetic mean.</summary>
    public static readonly Link Identity = new(LinkKind.Identity);

    /// <summary>g(x) = ln x: the geometric mean.</summary>
    public static readonly Link Logarithm = new(LinkKind.Logarithm);

    /// <summary>g(x) = ln(x / (1 − x)): logistic regression.</summary>
    public static readonly Link Logit = new(LinkKind.Logit);

    /// <summary>g(x) = 1/x: the harmonic mean.</summary>
    public static readonly Link Reciprocal = new(LinkKind.Power, -1);

    /// <summary>
    /// Gets a value indicating whether children come onto the scale of addition by g; a regression takes them as they are.
    /// </summary>
    public bool BendsTerms => Kind is LinkKind.Logarithm or LinkKind.Power;

    /// <summary>g(x) = x^p: the generalised mean, with the arithmetic and the harmonic one among them.</summary>
    public static Link Power(double exponent) => exponent == 1 ? Identity : new(LinkKind.Power, exponent);

    /// <summary>g: from a score to the scale of addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Forward(double score) =>
        Kind switch
        {
            LinkKind.Identity => score,
            LinkKind.Logarithm => Math.Log(score),
            LinkKind.Logit => Math.Log(score / (1 - score)),
            _ => Raise(score, Exponent),
        };

    /// <summary>h: from the scale of addition back to a score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Back(double linear) =>
        Kind switch
        {
            LinkKind.Identity => linear,
            LinkKind.Logarithm => Math.Exp(linear),
            LinkKind.Logit => 1 / (1 + Math.Exp(-linear)),
            _ => Exponent == 2 ? Math.Sqrt(linear) : Raise(linear, 1 / Exponent),
        };

    /// <summary>The derivative of h.</summary>
    public double BackSlope(double linear) =>
        Kind switch
        {
            LinkKind.Identity => 1,
            LinkKind.Logarithm => Math.Exp(linear),
            LinkKind.Logit => Back(linear) * (1 - Back(linear)),
            _ => 1 / ForwardSlope(Back(linear)),
        };

    /// <summary>The derivative of g.</summary>
    public double ForwardSlope(double score) =>
        Kind switch
        {
            LinkKind.Identity => 1,
            LinkKind.Logarithm => 1 / score,
            LinkKind.Logit => 1 / (score * (1 - score)),
            _ => Exponent * Math.Pow(score, Exponent - 1),
        };

    private static double Raise(double value, double exponent) =>
        exponent switch
        {
            -1 => 1 / value,
            2 => value * value,
            _ => Math.Pow(value, exponent),
        };
}

/// <summary>The functions that a <see cref="Link"/> can be.</summary>
internal enum LinkKind
{
    /// <summary>The value itself.</summary>
    Identity,

    /// <summary>The natural logarithm.</summary>
    Logarithm,

    /// <summary>The log-odds.</summary>
    Logit,

    /// <summary>A power of the value.</summary>
    Power,
}
