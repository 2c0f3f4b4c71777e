using System.Runtime.CompilerServices;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Transforms;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>How a raw value becomes a term.</summary>
internal readonly struct LeafPlan
{
    /// <summary>Gets the slot that it stands in; −1 for an indicator that only divides others.</summary>
    public int Slot { get; init; }

    /// <summary>Gets the further slots that it stands in: an indicator that several regressions of an ensemble read.</summary>
    public int[] MoreSlots { get; init; }

    /// <summary>Gets the leaf that its value is divided by; −1 for none.</summary>
    public int Denominator { get; init; }

    /// <summary>Gets the number that the denominator itself is divided by.</summary>
    public double DenominatorScale { get; init; }

    /// <summary>Gets the leaves that its value divides.</summary>
    public int[] Divides { get; init; }

    /// <summary>Gets a value indicating whether a missing value is to be imputed.</summary>
    public bool IsImputed { get; init; }

    /// <summary>Gets the function from the denominated and imputed value to the term; null for the value itself.</summary>
    public Transform? Transform { get; init; }

    /// <summary>Gets its place among the values that reach several slots, whose errors are the same wherever they count; −1 for the others.</summary>
    public int Shared { get; init; }

    /// <summary>The value on the scale of the parent node, in the direction in which it counts there; NaN where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Scale(double value)
    {
        if (Transform is null || double.IsNaN(value)) return value;
        return Transform is LinearTransform linear ? linear.Apply(value) : Transform.Apply(value);
    }

    /// <summary>value / (denominator / scale); NaN where that is no finite number, so where the denominator is missing or 0.</summary>
    public static double Quotient(double value, double denominator, double scale)
    {
        var quotient = value / (denominator / scale);
        return double.IsFinite(quotient) ? quotient : double.NaN;
    }
}
