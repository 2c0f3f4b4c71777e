using System.Runtime.CompilerServices;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>How one node is computed from its slots.</summary>
internal sealed class NodePlan
{
    /// <summary>Gets its first slot.</summary>
    public required int First { get; init; }

    /// <summary>Gets the slot after its last.</summary>
    public required int End { get; init; }

    /// <summary>Gets its own slot under its parent; −1 for the root.</summary>
    public int Slot { get; init; } = -1;

    public NodeRule Rule { get; init; }

    /// <summary>Gets the scale on which the slots are added up; the identity where they are not.</summary>
    public Link Link { get; init; } = Link.Identity;

    /// <summary>Gets what the sum starts from; only a regression has one.</summary>
    public double Intercept { get; init; }

    /// <summary>Gets the sum of the slots' weights by which a mean divides; 1 for a regression.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>Gets the sum of the slots' shares.</summary>
    public required double TotalShare { get; init; }

    /// <summary>Gets the least backing for a score.</summary>
    public double CoverageFloor { get; init; }

    /// <summary>Gets how many of the slots must have a value for a score.</summary>
    public int LeastPresent { get; init; }

    /// <summary>Gets a value indicating whether a missing slot with a weight means no score.</summary>
    public bool NeedsAll { get; init; }

    /// <summary>
    /// Gets where the scale starts on which a missing child is drawn; NaN where no child is drawn, and the others stand for it.
    /// </summary>
    public double UnitLow { get; init; } = double.NaN;

    /// <summary>Gets how long that scale is.</summary>
    public double UnitSpan { get; init; } = double.NaN;

    /// <summary>Gets what is held in place of a missing child; null for nothing.</summary>
    public UncertainValue? Held { get; init; }

    /// <summary>Gets the least score the node can have; −∞ where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>Gets the highest score the node can have.</summary>
    public required double High { get; init; }

    /// <summary>Gets the products that a regression adds; none for the others.</summary>
    public ProductPlan[] Products { get; init; } = [];

    /// <summary>Gets what the value is calibrated by; null for nothing.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Gets what Copeland's method compares with; null for the other rules.</summary>
    public CopelandPlan? Copeland { get; init; }

    /// <summary>Gets a value indicating whether the sum is divided by the weight that is in it.</summary>
    public bool IsMean => Rule == NodeRule.Mean;

    /// <summary>Gets a value indicating whether the mean of its score is the same mean of its children's means.</summary>
    public bool IsLinear => IsMean && Link.Kind == LinkKind.Identity && Calibration is null;

    /// <summary>Gets a value indicating whether missing children are drawn around those that are there.</summary>
    public bool DrawsMissing => !double.IsNaN(UnitSpan);

    /// <summary>Gets a value indicating whether the children's parts are the terms of one sum.</summary>
    public bool IsAdditive => Rule == NodeRule.Regression || (Rule == NodeRule.Mean && Link.Kind == LinkKind.Identity);

    /// <summary>A child's value on the scale on which the node adds up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TermOf(double value) => Link.BendsTerms ? Link.Forward(value) : value;

    /// <summary>From the scale of addition to the score. The mean of values at an end of the scale may round past it.</summary>
    public double ScoreOf(double linear)
    {
        var score = Link.Back(linear);
        return Math.Clamp(Calibration is null ? score : Calibration.Apply(score), Low, High);
    }

    /// <summary>
    /// The mean of a missing child: that of those that are there, with half a count at either end of the scale, so that however many stand
    /// at an end another is not certain to stand there too. Those that are there count by their effective number (Σw)² / Σw², which is
    /// their number where they
    /// weigh the same. Source of the half count: the beta distribution of α = β = ½, H. Jeffreys, Theory of Probability (1961), section
    /// 3.1.
    /// </summary>
    /// <param name="linear">The node without the child, on the scale of addition.</param>
    /// <param name="weight">The weight of those that are there.</param>
    /// <param name="squares">The sum of the squares of their weights.</param>
    public double MissingMean(double linear, double weight, double squares)
    {
        var count = weight * weight / squares;
        var present = (ScoreOf(linear) - UnitLow) / UnitSpan;
        return UnitLow + (UnitSpan * (((count * present) + 0.5) / (count + 1)));
    }

    /// <summary>How fast the score rises or falls there; through a calibration by the chord over a thousandth to either side.</summary>
    public double ScoreSlope(double linear)
    {
        if (Calibration is null)
            return Link.BackSlope(linear);
        const double step = 1e-3;
        var (low, high) = (Hold(linear - step), Hold(linear + step));
        return (ScoreOf(high) - ScoreOf(low)) / (high - low);
    }

    private double Hold(double linear)
    {
        if (Link.BendsTerms)
        {
            var (one, other) = (Link.Forward(Low), Link.Forward(High));
            return Math.Clamp(linear, Math.Min(one, other), Math.Max(one, other));
        }

        return Calibration is not null && Link.Kind == LinkKind.Identity ? Math.Clamp(linear, 0, 1) : linear;
    }
}

/// <summary>The ways in which a node makes one value of its children's.</summary>
internal enum NodeRule
{
    /// <summary>A quasi-arithmetic mean.</summary>
    Mean,

    /// <summary>A sum with an intercept and products.</summary>
    Regression,

    /// <summary>The weighted median.</summary>
    Median,

    /// <summary>The least.</summary>
    Minimum,

    /// <summary>The greatest.</summary>
    Maximum,

    /// <summary>Copeland's method.</summary>
    Copeland,
}

/// <summary>One product of a regression: coefficient · Π value^power, each slot once.</summary>
/// <param name="Coefficient">The change of the sum for one unit of the product.</param>
/// <param name="Slots">The slots of its factors.</param>
/// <param name="Powers">How often each is a factor.</param>
internal sealed record ProductPlan(double Coefficient, int[] Slots, int[] Powers);

/// <summary>What a node of Copeland's method compares with, and the scale that its number goes to.</summary>
/// <param name="Table">What is compared with.</param>
/// <param name="Scale">Where the scale starts and ends; null for the number itself.</param>
internal sealed record CopelandPlan(CopelandTable Table, (double Floor, double Ceiling)? Scale)
{
    /// <summary>
    /// The score of a number of units beaten less those that beat the country. A country outside the set meets one more than a unit of the
    /// set does, so its number is held to what a unit can have.
    /// </summary>
    public double ScoreOf(double count)
    {
        double opponents = Table.Units - 1;
        var held = Math.Clamp(count, -opponents, opponents);
        return Scale is { } scale ? scale.Floor + ((scale.Ceiling - scale.Floor) * ((held + opponents) / (2 * opponents))) : held;
    }
}
