namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>start + span / (1 + exp(−steepness · (value − midpoint))).</summary>
/// <param name="midpoint">The value at the middle of the scale.</param>
/// <param name="steepness">How fast it rises there; below 0 for a curve that falls.</param>
/// <param name="start">Where the scale starts.</param>
/// <param name="span">How long it is; above 0.</param>
internal sealed class LogisticTransform(double midpoint, double steepness, double start, double span) : Transform
{
    public override double Low => start;

    public override double High => start + span;

    public override double Apply(double value) => start + (span * Share(value));

    private double Share(double value) => 1 / (1 + Math.Exp(-steepness * (value - midpoint)));
}
