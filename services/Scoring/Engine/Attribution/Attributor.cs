using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>
/// Hands the difference of a node's score between two sides to the leaves below it. A node's children share its difference by the Shapley
/// value of the game in which each moves from its earlier value to its later one; in a sum that is its own term's movement. What a child
/// got it hands on
/// to its own children, in proportion to how they made its movement, so the parts add up to the whole. A regression is shared on the scale
/// of log-odds and then brought to the probability by the slope of the chord. A child that is left out on one side moves from, or to, the
/// value of
/// the node without it. Sources: Shapley (1953), see <see cref="Shapley"/>; for the composition down a tree A. Shrikumar, P. Greenside, A.
/// Kundaje, "Learning Important Features Through Propagating Activation Differences" (2017), section 3.5.1, the chain of multipliers
/// (Rescale rule).
/// </summary>
internal ref partial struct Attributor
{
    /// <summary>
    /// Below this difference on the scale of addition a chord is the slope at its middle; both are then right to about 1e-11.
    /// </summary>
    private const double Close = 1e-5;

    /// <summary>Below this difference the chord of a calibration, which may have corners, is lost in rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly CompiledFramework _framework;
    private readonly Layout _layout;
    private readonly Comparison _sides;

    /// <summary>By leaf: the parts, and the squares of their standard errors.</summary>
    private readonly Span<double> _parts;
    private readonly Span<double> _squares;

    public Attributor(CompiledFramework framework, Comparison sides, Span<double> parts, Span<double> squares)
    {
        (_framework, _layout, _sides) = (framework, framework.Layout, sides);
        _parts = parts;
        _squares = squares;
    }

    /// <summary>Hands a node's difference on.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="multiplier">What one unit of it is worth.</param>
    public readonly void Attribute(int node, Multiplier multiplier)
    {
        var plan = _layout.NodePlans[node];
        if (plan.Rule == NodeRule.Regression)
            AttributeRegression(node, plan, multiplier);
        else if (plan.IsAdditive)
            AttributeMean(node, plan, multiplier);
        else
            AttributeGame(node, plan, multiplier);
    }

    /// <summary>The closed form of an arithmetic mean: each child's weight times its movement.</summary>
    private readonly void AttributeMean(int node, NodePlan plan, Multiplier multiplier)
    {
        var (then, now) = (_sides.Then, _sides.Now);
        var weight = 0.0;
        for (var slot = plan.First; slot < plan.End; slot++)
            if (IsUsed(slot))
                weight += _layout.Weights[slot];
        var chord = Chord(node, plan) / weight;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            if (!IsUsed(slot))
                continue;
            var difference = Or(now.Terms[slot], now.Linears[node]) - Or(then.Terms[slot], then.Linears[node]);
            var slope = chord * _layout.Weights[slot];
            Hand(slot, multiplier, new Share(slope * difference, 0, slope));
        }
    }

    /// <summary>
    /// The closed form of a regression on the scale of log-odds: each term's movement, and of a product's each factor's Shapley value.
    /// </summary>
    private readonly void AttributeRegression(int node, NodePlan plan, Multiplier multiplier)
    {
        var (then, now) = (_sides.Then, _sides.Now);
        var unit = multiplier.Times(Chord(node, plan));
        for (var slot = plan.First; slot < plan.End; slot++)
            if (_layout.Shares[slot] != 0 && _layout.Weights[slot] != 0)
                Add(~_layout.Occupants[slot], _layout.Weights[slot] * (now.Terms[slot] - then.Terms[slot]), 0, unit);
        foreach (var product in plan.Products)
            AttributeProduct(product, unit);
    }

    private readonly void AttributeProduct(ProductPlan product, Multiplier unit)
    {
        var count = product.Slots.Length;
        Span<double> then = stackalloc double[count];
        Span<double> now = stackalloc double[count];
        Span<double> slopes = stackalloc double[count];
        for (var i = 0; i < count; i++)
        {
            then[i] = Aggregator.Power(_sides.Then.Terms[product.Slots[i]], product.Powers[i]);
            now[i] = Aggregator.Power(_sides.Now.Terms[product.Slots[i]], product.Powers[i]);
        }

        ProductGame.Slopes(then, now, slopes);
        for (var i = 0; i < count; i++)
            Add(~_layout.Occupants[product.Slots[i]], product.Coefficient * slopes[i] * (now[i] - then[i]), 0, unit);
    }

    /// <summary>The slope of the chord from the scale of addition to the score.</summary>
    private readonly double Chord(int node, NodePlan plan)
    {
        if (plan.Calibration is null && plan.Link.Kind == LinkKind.Identity)
            return 1;
        var (then, now) = (_sides.Then.Linears[node], _sides.Now.Linears[node]);
        var distance = now - then;
        return Math.Abs(distance) < (plan.Calibration is null ? Close : Rounding)
            ? plan.ScoreSlope(then + (distance / 2))
            : (_sides.Now.Scores[node] - _sides.Then.Scores[node]) / distance;
    }

    /// <summary>Hands a child's part on.</summary>
    private readonly void Hand(int slot, Multiplier multiplier, Share share)
    {
        var occupant = _layout.Occupants[slot];
        if (occupant < 0)
        {
            HandLeaf(slot, ~occupant, multiplier, share);
            return;
        }

        if (double.IsNaN(_sides.Then.Scores[occupant]) || double.IsNaN(_sides.Now.Scores[occupant]))
        {
            if (share.Part != 0)
                Spread(occupant, share, multiplier);
            return;
        }

        var sign = _layout.Orientations[occupant].Sign;
        Attribute(occupant, multiplier.Times(sign * share.Slope, share.SlopeError));
    }

    private readonly void Add(int leaf, double part, double error, Multiplier multiplier)
    {
        _parts[leaf] += multiplier.Value * part;
        if (_squares.IsEmpty || (error == 0 && multiplier.Error == 0))
            return;
        var (own, handed) = (multiplier.Value * error, multiplier.Error * part);
        _squares[leaf] += (own * own) + (handed * handed);
    }

    private readonly bool IsUsed(int slot) => !(double.IsNaN(_sides.Now.Terms[slot]) && double.IsNaN(_sides.Then.Terms[slot]));

    private static double Or(double term, double otherwise) => double.IsNaN(term) ? otherwise : term;

    /// <summary>What a unit of something is worth in the score that is explained.</summary>
    /// <param name="Value">Its worth.</param>
    /// <param name="Error">The standard error of that, where a game on the way was sampled.</param>
    internal readonly record struct Multiplier(double Value, double Error = 0)
    {
        public Multiplier Times(double slope, double error = 0) =>
            error == 0 && Error == 0
                ? new(Value * slope)
                : new(Value * slope, Math.Sqrt((Error * Error * slope * slope) + (Value * Value * error * error)));
    }

    /// <summary>A child's part in its node's difference.</summary>
    /// <param name="Part">The part.</param>
    /// <param name="Error">Its standard error.</param>
    /// <param name="Slope">The part for one unit of the child's own movement.</param>
    /// <param name="SlopeError">The standard error of that.</param>
    private readonly record struct Share(double Part, double Error, double Slope, double SlopeError = 0);
}
