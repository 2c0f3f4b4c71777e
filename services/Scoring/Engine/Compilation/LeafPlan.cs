using System.Runtime.CompilerServices;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>How a raw value becomes a term.</summary>
internal readonly struct LeafPlan
{
    // A straight line is what most leaves are: its numbers stand here, in the same memory as the slot.
    private readonly double _origin;
    private readonly double _width;
    private readonly double _start;
    private readonly double _span;
    private readonly TransformShape _shape;

    /// <summary>What a transform is to the fast path.</summary>
    private enum TransformShape : byte
    {
        /// <summary>The value itself.</summary>
        None,

        /// <summary>A line.</summary>
        Line,

        /// <summary>A line with ends.</summary>
        Segment,

        /// <summary>Any other function.</summary>
        Curve,
    }

    /// <summary>Gets the slot that it stands in; −1 for an indicator that only divides others.</summary>
    public int Slot { get; init; }

    /// <summary>Gets the node that the slot belongs to.</summary>
    public int Node { get; init; }

    /// <summary>Gets a value indicating whether the node adds up on a scale that the value has to be brought to.</summary>
    public bool IsBent { get; init; }

    /// <summary>Gets a value indicating whether a missing value is to be imputed.</summary>
    public bool IsImputed { get; init; }

    /// <summary>Gets the further slots that it stands in: an indicator that several regressions of an ensemble read.</summary>
    public int[] MoreSlots { get; init; }

    /// <summary>Gets the leaf that its value is divided by; −1 for none.</summary>
    public int Denominator { get; init; }

    /// <summary>Gets the number that the denominator itself is divided by.</summary>
    public double DenominatorScale { get; init; }

    /// <summary>Gets the leaves that its value divides.</summary>
    public int[] Divides { get; init; }

    /// <summary>
    /// Gets its place among the values that reach several slots, whose errors are the same wherever they count; −1 for the others.
    /// </summary>
    public int Shared { get; init; }

    /// <summary>Gets the function from the denominated and imputed value to the term; null for the value itself.</summary>
    public Transform? Transform
    {
        get;
        init
        {
            field = value;
            _shape = value is null ? TransformShape.None : TransformShape.Curve;
            if (value is not LinearTransform line)
                return;
            (_origin, _width, _start, _span) = (line.Origin, line.Width, line.Start, line.Span);
            _shape = line.Capped ? TransformShape.Segment : TransformShape.Line;
        }
    }

    /// <summary>The value on the scale of the parent node, in the direction in which it counts there; NaN where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Scale(double value)
    {
        if (_shape == TransformShape.Segment)
            return LinearTransform.Apply(value, _origin, _width, _start, _span, capped: true);
        return _shape switch
        {
            TransformShape.Line => LinearTransform.Apply(value, _origin, _width, _start, _span, capped: false),
            TransformShape.Curve when !double.IsNaN(value) => Transform!.Apply(value),
            _ => value,
        };
    }

    /// <summary>
    /// The mean of a value on the scale of the parent node: in closed form where the function is a line, clipped or not, and the error
    /// normal or a step; by quadrature for other functions.
    /// </summary>
    public double MeanOf(in UncertainValue value)
    {
        if (value.IsExact)
            return Scale(value.Value);
        if (value.Deviation == 0)
        {
            var mean = (1 - value.Up - value.Down) * Scale(value.Value);
            if (value.Up > 0)
                mean += value.Up * Scale(value.Value + value.Step);
            return value.Down > 0 ? mean + (value.Down * Scale(value.Value - value.Step)) : mean;
        }

        if (Transform is null)
            return ClippedNormal.Mean(value.Value, value.Deviation, value.Low, value.High);
        if (Line is { } line)
        {
            var (low, high) = Ends(line, value);
            return ClippedNormal.Mean(line.Place(value.Value), Math.Abs(line.Span * value.Deviation / line.Width), low, high);
        }

        return Quadrature(value);
    }

    /// <summary>The mean of a quotient: over the dividend as of any value, over the divisor by quadrature where it errs.</summary>
    public double MeanOf(in UncertainValue dividend, in UncertainValue divisor)
    {
        if (divisor.IsExact)
            return MeanOf(dividend.Times(DenominatorScale / divisor.Value));
        if (divisor.Deviation == 0)
        {
            var mean = (1 - divisor.Up - divisor.Down) * MeanOf(dividend.Times(DenominatorScale / divisor.Value));
            if (divisor.Up > 0)
                mean += divisor.Up * MeanOf(dividend.Times(DenominatorScale / (divisor.Value + divisor.Step)));
            return divisor.Down > 0
                ? mean + (divisor.Down * MeanOf(dividend.Times(DenominatorScale / (divisor.Value - divisor.Step))))
                : mean;
        }

        var sum = 0.0;
        for (var i = 0; i < NormalQuadrature.Points.Length; i++)
            sum += NormalQuadrature.Weights[i] * MeanOf(dividend.Times(DenominatorScale / divisor.At(NormalQuadrature.Points[i])));
        return sum;
    }

    /// <summary>Gets the line that the transform is between its ends; null for another function.</summary>
    public LinearTransform? Line =>
        Transform switch
        {
            LinearTransform line => line,
            ClippedLinearTransform clipped => clipped.Line,
            _ => null,
        };

    /// <summary>The ends of a true value on the scale.</summary>
    public (double Low, double High) Ends(LinearTransform line, in UncertainValue value)
    {
        var (one, other) = (Held(line.Place(value.Low)), Held(line.Place(value.High)));
        return (Math.Min(one, other), Math.Max(one, other));
    }

    /// <summary>value / (denominator / scale); NaN where that is no finite number, so where the denominator is missing or 0.</summary>
    public static double Quotient(double value, double denominator, double scale)
    {
        var quotient = value / (denominator / scale);
        return double.IsFinite(quotient) ? quotient : double.NaN;
    }

    private double Held(double value) => Math.Min(Math.Max(value, Transform!.Low), Transform.High);

    private double Quadrature(in UncertainValue value)
    {
        var sum = 0.0;
        for (var i = 0; i < NormalQuadrature.Points.Length; i++)
            sum += NormalQuadrature.Weights[i] * Transform!.Apply(value.At(NormalQuadrature.Points[i]));
        return sum;
    }
}
