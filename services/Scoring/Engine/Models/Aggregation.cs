namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>How the children of a node become one value. Source: OECD and JRC, Handbook (2008), section 6.3.</summary>
public abstract record Aggregation
{
    private protected Aggregation() { }

    /// <summary>Gets the weighted arithmetic mean, Σ w·x / Σ w: a low child makes up for a high one in full.</summary>
    public static Aggregation Arithmetic { get; } = new ArithmeticMean();

    /// <summary>
    /// Gets the weighted geometric mean, exp(Σ w·ln x / Σ w): a low child weighs more than its weight. Needs values that are surely above
    /// 0: where only a method without ends could give others, a live value beyond the reference set is held at the set's end.
    /// </summary>
    public static Aggregation Geometric { get; } = new GeometricMean();

    /// <summary>
    /// Gets the weighted harmonic mean, Σ w / Σ (w/x), stricter still. Needs values above 0, as <see cref="Geometric"/> does.
    /// </summary>
    public static Aggregation Harmonic { get; } = new HarmonicMean();

    /// <summary>Gets a value indicating whether the method needs a reference set.</summary>
    public virtual bool NeedsReference => false;
}

/// <summary>See <see cref="Aggregation.Arithmetic"/>. COINr's a_amean.</summary>
public sealed record ArithmeticMean : Aggregation;

/// <summary>See <see cref="Aggregation.Geometric"/>. COINr's a_gmean.</summary>
public sealed record GeometricMean : Aggregation;

/// <summary>See <see cref="Aggregation.Harmonic"/>. COINr's a_hmean.</summary>
public sealed record HarmonicMean : Aggregation;

/// <summary>
/// The weighted generalised mean (Σ w·x^p / Σ w)^(1/p). Needs values that are surely above 0, or for a p above 0 not below it. Source: G.
/// H. Hardy, J. E. Littlewood, G. Pólya, Inequalities (1934), section 2.2; COINr's a_genmean, which gives a unit with a gap nothing; here
/// the node's policy
/// decides.
/// </summary>
/// <param name="Exponent">p: 1 is the arithmetic mean, −1 the harmonic one, 2 the quadratic one. Not 0, which is the geometric
/// mean.</param>
public sealed record GeneralisedMean(double Exponent) : Aggregation;

/// <summary>
/// The weighted median: with children in rising order, the one at which the weights reach half of their sum, and the mean of it and the
/// next where they meet half exactly; with equal weights the ordinary median. A child of any extremity cannot move it far.
/// </summary>
public sealed record MedianChild : Aggregation;

/// <summary>The least of the children that have a weight: a risk that is only as high as its weakest condition.</summary>
public sealed record MinimumChild : Aggregation;

/// <summary>The greatest of the children that have a weight: a risk that one condition alone can make.</summary>
public sealed record MaximumChild : Aggregation;

/// <summary>
/// Copeland's non-compensatory method. The country meets every unit of the reference set; it beats a unit if the weights of the children in
/// which it is higher, plus half of those that are equal, come to more than half of those that both have. Its value is the number of units
/// beaten less the number that beat it, from −(n − 1) to n − 1. Only pairs that have a child in common meet; where some do not, the count
/// is taken up to all.
/// Source: A. H. Copeland (1951); OECD and JRC, Handbook (2008), section 6.3 (the non-compensatory multi-criteria approach). With gaps
/// COINr's a_copeland differs: there a child missing on either side counts for the unit that stands later in the set.
/// </summary>
/// <param name="OwnScale">Whether the value stays as it is, as COINr leaves it, instead of going from the scale's floor to 100.</param>
public sealed record Copeland(bool OwnScale = false) : Aggregation
{
    /// <inheritdoc/>
    public override bool NeedsReference => true;
}
