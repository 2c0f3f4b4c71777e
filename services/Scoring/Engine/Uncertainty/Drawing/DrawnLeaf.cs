using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction.Transforms;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>A leaf whose value differs from draw to draw.</summary>
internal abstract class DrawnLeaf
{
    /// <summary>Gives a block of its values on the scale of its node.</summary>
    /// <param name="workspace">The memory.</param>
    /// <param name="deviates">The country's deviates.</param>
    /// <param name="draws">Which draws.</param>
    /// <param name="values">Filled.</param>
    public abstract void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values);

    protected static void Apply(Transform? transform, Span<double> values)
    {
        if (transform is null)
            return;
        foreach (ref var value in values)
            if (!double.IsNaN(value))
                value = transform.Apply(value);
    }
}

/// <summary>A straight line of a deviate: an observation under a linear transform, or any value of a scale.</summary>
/// <param name="deviate">The deviate's number.</param>
/// <param name="offset">The value at 0.</param>
/// <param name="slope">What the deviate is multiplied by.</param>
/// <param name="low">The least value.</param>
/// <param name="high">The greatest.</param>
internal sealed class LinearDraw(int deviate, double offset, double slope, double low, double high) : DrawnLeaf
{
    public override void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values) =>
        Lanes.Line(workspace.Deviate(deviates, deviate, draws), offset, slope, low, high, values);
}

/// <summary>An observation under any transform.</summary>
/// <param name="reading">The observation.</param>
/// <param name="transform">The transform; null for none.</param>
internal sealed class TransformDraw(DrawnReading reading, Transform? transform) : DrawnLeaf
{
    public override void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values)
    {
        reading.Fill(workspace, deviates, draws, values);
        Apply(transform, values);
    }
}

/// <summary>An observation divided by another, of which one at least differs from draw to draw.</summary>
/// <param name="value">What is divided.</param>
/// <param name="denominator">What it is divided by.</param>
/// <param name="scale">The number that the denominator itself is divided by.</param>
/// <param name="transform">What comes after; null for nothing.</param>
internal sealed class QuotientDraw(DrawnReading value, DrawnReading denominator, double scale, Transform? transform) : DrawnLeaf
{
    public override void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values)
    {
        value.Fill(workspace, deviates, draws, values);
        denominator.Fill(workspace, deviates, draws, workspace.Divisors);
        for (var i = 0; i < values.Length; i++)
            values[i] = LeafPlan.Quotient(values[i], workspace.Divisors[i], scale);
        Apply(transform, values);
    }
}

/// <summary>One of several values, each as likely as the others.</summary>
/// <param name="deviate">The deviate's number; it is no normal one.</param>
/// <param name="column">The values on the scale of the node.</param>
internal sealed class ColumnDraw(int deviate, double[] column) : DrawnLeaf
{
    public override void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values)
    {
        var shares = workspace.Deviate(deviates, deviate, draws);
        for (var i = 0; i < values.Length; i++)
            values[i] = column[(int)(shares[i] * column.Length)];
    }
}

/// <summary>An observation in its own unit.</summary>
/// <param name="Deviate">The number of the deviate by which it errs; −1 for one that is the same in all draws.</param>
/// <param name="Value">The value with its error.</param>
internal readonly record struct DrawnReading(int Deviate, UncertainValue Value)
{
    /// <summary>Gives a block of it.</summary>
    public void Fill(Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> values)
    {
        if (Deviate < 0)
            values.Fill(Value.Value);
        else if (Value.Deviation > 0)
            Lanes.Line(workspace.Deviate(deviates, Deviate, draws), Value.Value, Value.Deviation, Value.Low, Value.High, values);
        else
            FillSteps(workspace.Deviate(deviates, Deviate, draws), values);
    }

    private void FillSteps(ReadOnlySpan<double> shares, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] =
                Value.Value
                + (
                    shares[i] < Value.Down ? -Value.Step
                    : shares[i] < 1 - Value.Up ? 0
                    : Value.Step
                );
    }
}
