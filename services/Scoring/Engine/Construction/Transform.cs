namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>
/// A function of one value that is frozen when a framework is compiled: from an indicator's denominated value to its value on the scale of the
/// node above, in the direction in which it counts there. Immutable; the same bits whatever calls it.
/// </summary>
public abstract class Transform
{
    /// <summary>Gets the least value that it can give; −∞ without one.</summary>
    public abstract double Low { get; }

    /// <summary>Gets the highest value that it can give; +∞ without one.</summary>
    public abstract double High { get; }

    /// <summary>Applies it.</summary>
    /// <param name="value">A finite value.</param>
    /// <returns>The value on the scale; NaN where the method gives none.</returns>
    public abstract double Apply(double value);

    /// <summary>
    /// Gets how fast it rises or falls at a value, for the propagation of errors: the derivative, and for steps the slope of the chord over
    /// the nearest two steps.
    /// </summary>
    /// <param name="value">A finite value.</param>
    /// <returns>The slope; 0 where it is level.</returns>
    public abstract double SlopeAt(double value);
}
