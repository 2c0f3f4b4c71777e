using System.Runtime.CompilerServices;

namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// A straight line: min-max, goalposts, z-score, distances, a share of the maximum, or the value as it is. All of them are
/// start + span · (value − origin) / width.
/// </summary>
/// <param name="origin">The value at the start of the scale.</param>
/// <param name="width">From there to its end; below 0 where the scale runs against the values.</param>
/// <param name="start">Where the scale starts.</param>
/// <param name="span">How long the scale is, below 0 if more of the indicator is less.</param>
/// <param name="capped">Whether values beyond the ends count as the ends.</param>
internal sealed class LinearTransform(double origin, double width, double start, double span, bool capped) : Transform
{
    public double Origin { get; } = origin;

    public double Width { get; } = width;

    public double Start { get; } = start;

    public double Span { get; } = span;

    public bool Capped { get; } = capped;

    public override double Low => Capped ? Math.Min(Start, Start + Span) : double.NegativeInfinity;

    public override double High => Capped ? Math.Max(Start, Start + Span) : double.PositiveInfinity;

    /// <summary>The outcome of the line with these numbers, for whoever keeps them elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Apply(double value, double origin, double width, double start, double span, bool capped)
    {
        var share = (value - origin) / width;
        if (capped)
            share = Math.Clamp(share, 0, 1);
        return start + (span * share);
    }

    /// <summary>The point of the line, whether or not it lies past an end.</summary>
    public double Place(double value) => Start + (Span * ((value - Origin) / Width));

    public override double Apply(double value) => Apply(value, Origin, Width, Start, Span, Capped);
}
