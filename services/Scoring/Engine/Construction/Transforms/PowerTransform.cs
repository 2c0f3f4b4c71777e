namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// The Box-Cox transform of value − shift: (y^λ − 1) / λ, or ln y where λ is 0. Values below the reference set's least are held at it,
/// because the transform ends at 0.
/// </summary>
/// <param name="shift">What is taken off the value.</param>
/// <param name="least">The reference set's least value; above the shift.</param>
/// <param name="lambda">The exponent.</param>
internal sealed class PowerTransform(double shift, double least, double lambda) : Transform
{
    public override double Low => Apply(least);

    public override double High => lambda < 0 ? -1 / lambda : double.PositiveInfinity;

    public override double Apply(double value)
    {
        var positive = Math.Max(value, least) - shift;
        return lambda == 0 ? Math.Log(positive) : (Math.Pow(positive, lambda) - 1) / lambda;
    }
}
