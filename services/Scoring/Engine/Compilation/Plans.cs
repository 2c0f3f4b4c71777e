using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>How one node is computed from its slots.</summary>
/// <param name="First">Its first slot.</param>
/// <param name="End">The slot after its last.</param>
/// <param name="Slot">Its own slot under its parent; −1 for the root.</param>
/// <param name="Link">The scale on which the slots are added up.</param>
/// <param name="Intercept">What the sum starts from; only a regression has one.</param>
/// <param name="TotalWeight">The sum of the slots' weights by which a mean divides; 1 for a regression.</param>
/// <param name="TotalShare">The sum of the slots' shares.</param>
/// <param name="CoverageFloor">The least backing for a score.</param>
/// <param name="NeedsAll">Whether a missing slot with a weight means no score.</param>
/// <param name="Low">The least score the node can have; −∞ where values are not capped.</param>
/// <param name="High">The highest score the node can have.</param>
/// <param name="BaselineLinear">Its sum at the baseline of contributions, on the scale of addition.</param>
/// <param name="BaselineScore">Its score there.</param>
internal sealed record NodePlan(
    int First,
    int End,
    int Slot,
    Link Link,
    double Intercept,
    double TotalWeight,
    double TotalShare,
    double CoverageFloor,
    bool NeedsAll,
    double Low,
    double High,
    double BaselineLinear,
    double BaselineScore)
{
    /// <summary>Gets a value indicating whether the sum is divided by the weight that is in it.</summary>
    public bool IsMean => Link != Link.Logit;
}

/// <summary>How a raw value becomes its slot's term.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Low">The value at the start of the scale.</param>
/// <param name="Width">From there to its end.</param>
/// <param name="Start">Where the scale starts.</param>
/// <param name="Span">How long the scale is, negative if more of the indicator is less.</param>
/// <param name="Capped">Whether values beyond the ends count as the ends.</param>
internal readonly record struct LeafPlan(int Slot, double Low, double Width, double Start, double Span, bool Capped)
{
    /// <summary>The value on the scale of the parent node, in the direction in which it counts there.</summary>
    public double Scale(double value)
    {
        var share = (value - Low) / Width;
        if (Capped) share = Math.Clamp(share, 0, 1);
        return Start + (Span * share);
    }
}
