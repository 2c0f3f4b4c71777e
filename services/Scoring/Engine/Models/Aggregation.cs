namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>How the children of a node become one value. Source: OECD and JRC, Handbook (2008), section 6.3.</summary>
public abstract record Aggregation
{
    private protected Aggregation()
    {
    }

    /// <summary>Gets the weighted arithmetic mean, Σ w·x / Σ w: a low child makes up for a high one in full.</summary>
    public static Aggregation Arithmetic { get; } = new ArithmeticMean();

    /// <summary>
    /// Gets the weighted geometric mean, exp(Σ w·ln x / Σ w): a low child weighs more than its weight. Needs a scale floor above 0 and
    /// capped values.
    /// </summary>
    public static Aggregation Geometric { get; } = new GeometricMean();
}

/// <summary>See <see cref="Aggregation.Arithmetic"/>.</summary>
public sealed record ArithmeticMean : Aggregation;

/// <summary>See <see cref="Aggregation.Geometric"/>.</summary>
public sealed record GeometricMean : Aggregation;
