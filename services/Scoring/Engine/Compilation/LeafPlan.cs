using System.Runtime.CompilerServices;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Transforms;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>How a raw value becomes a term.</summary>
internal readonly struct LeafPlan
{
    // A straight line is what most leaves are: its numbers stand here, in the same memory as the slot.
    private readonly double _origin;
    private readonly double _width;
    private readonly double _start;
    private readonly double _span;
    private readonly Shape _shape;

    /// <summary>What a transform is to the fast path.</summary>
    private enum Shape : byte
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

    /// <summary>Gets its place among the values that reach several slots, whose errors are the same wherever they count; −1 for the others.</summary>
    public int Shared { get; init; }

    /// <summary>Gets the function from the denominated and imputed value to the term; null for the value itself.</summary>
    public Transform? Transform
    {
        get;
        init
        {
            field = value;
            _shape = value is null ? Shape.None : Shape.Curve;
            if (value is not LinearTransform line) return;
            (_origin, _width, _start, _span) = (line.Origin, line.Width, line.Start, line.Span);
            _shape = line.Capped ? Shape.Segment : Shape.Line;
        }
    }

    /// <summary>The value on the scale of the parent node, in the direction in which it counts there; NaN where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Scale(double value)
    {
        if (_shape == Shape.Segment) return LinearTransform.Apply(value, _origin, _width, _start, _span, capped: true);
        return _shape switch
        {
            Shape.Line => LinearTransform.Apply(value, _origin, _width, _start, _span, capped: false),
            Shape.Curve when !double.IsNaN(value) => Transform!.Apply(value),
            _ => value,
        };
    }

    /// <summary>value / (denominator / scale); NaN where that is no finite number, so where the denominator is missing or 0.</summary>
    public static double Quotient(double value, double denominator, double scale)
    {
        var quotient = value / (denominator / scale);
        return double.IsFinite(quotient) ? quotient : double.NaN;
    }
}
