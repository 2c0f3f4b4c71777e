namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// sign · ln(scale · (value − origin) + shift), with sign −1 and a scale below 0 for the form that stretches the upper end. Values beyond
/// the end of the reference set at which the logarithm would run out are held there.
/// </summary>
/// <param name="origin">The end of the reference set's range at which the argument is least: its minimum, or its maximum for a scale below
/// 0.</param>
/// <param name="scale">What the distance from the origin is multiplied by.</param>
/// <param name="shift">The argument at the origin; above 0.</param>
internal sealed class LogarithmicTransform(double origin, double scale, double shift) : Transform
{
    private readonly double _sign = scale < 0 ? -1 : 1;

    public override double Low => scale < 0 ? double.NegativeInfinity : Math.Log(shift);

    public override double High => scale < 0 ? -Math.Log(shift) : double.PositiveInfinity;

    public override double Apply(double value) => _sign * Math.Log((scale * (Held(value) - origin)) + shift);

    private double Held(double value) => scale < 0 ? Math.Min(value, origin) : Math.Max(value, origin);
}
