namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>Holds values within bounds: what winsorisation is once the reference set has decided where.</summary>
/// <param name="low">The least value that passes; −∞ for any.</param>
/// <param name="high">The greatest value that passes; +∞ for any.</param>
internal sealed class ClipTransform(double low, double high) : Transform
{
    public override double Low => low;

    public override double High => high;

    public override double Apply(double value) => Math.Min(Math.Max(value, low), high);
}
