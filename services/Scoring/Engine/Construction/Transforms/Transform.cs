namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// A function of one value that is frozen when a framework is compiled: from an indicator's denominated value to its value on the scale of
/// the node above, in the direction in which it counts there. It never falls and rises both, except by the scores of categorical bands.
/// Immutable;
/// the same bits whatever calls it.
/// </summary>
public abstract class Transform
{
    private protected Transform() { }

    /// <summary>Gets the least value that it can give; −∞ without one.</summary>
    public abstract double Low { get; }

    /// <summary>Gets the highest value that it can give; +∞ without one.</summary>
    public abstract double High { get; }

    /// <summary>
    /// Applies it. A value outside the reference set's range goes on along the method's own formula where that has an answer, and is held
    /// at the nearest value of the set where it has none (a logarithm below the set's least value, a rank above its greatest).
    /// </summary>
    /// <param name="value">A finite value.</param>
    /// <returns>The value on the scale.</returns>
    public abstract double Apply(double value);
}
