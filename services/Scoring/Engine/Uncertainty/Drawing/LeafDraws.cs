using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>How the leaves of one country are drawn under one framework.</summary>
/// <param name="state">The country's state.</param>
/// <param name="options">What is unsure.</param>
/// <param name="scales">The scales of missing values under the framework.</param>
/// <param name="sources">The numbers that the streams go by.</param>
/// <param name="deviates">The country's deviates, which its plans share.</param>
internal sealed class LeafDraws(
    AggregateState state,
    MonteCarloOptions options,
    MissingScales scales,
    Sources sources,
    DeviateList deviates
)
{
    private readonly CompiledFramework _framework = state.Framework;

    /// <summary>Says how a leaf is drawn.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>How; null where it is the same in all draws.</returns>
    public DrawnLeaf? Draw(int leaf)
    {
        ref readonly var plan = ref _framework.Layout.LeafPlans[leaf];
        if (state.LeafInput(leaf) is not { } input)
            return Missing(leaf);
        if (plan.Denominator < 0 || state.IsImputed(leaf))
        {
            var reading = Reading(leaf, state.IsImputed(leaf) ? state.ImputedOf(leaf, input) : state.UncertainOf(leaf));
            return reading.Deviate < 0 ? null : Observed(reading, plan);
        }

        var (value, divisor) = (
            Reading(leaf, state.UncertainOf(leaf)),
            Reading(plan.Denominator, state.UncertainOf(plan.Denominator).AsDivisor())
        );
        if (value.Deviate < 0 && divisor.Deviate < 0)
            return null;
        return new QuotientDraw(value, divisor, plan.DenominatorScale, plan.Transform);
    }

    /// <summary>What is held in place of a node's missing children: they share one draw.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="held">What is held.</param>
    /// <returns>How it is drawn; null where it is the same in all draws.</returns>
    public DrawnLeaf? Held(int node, in UncertainValue held)
    {
        var source = options.Missing == MissingDraw.Policy || held.IsExact ? -1 : sources.OfMissing(_framework.Nodes[node].Code);
        if (source < 0)
            return null;
        return new LinearDraw(deviates.AddHeld(source), held.Value, held.Deviation, held.Low, held.High);
    }

    /// <summary>A value and its normal error go through a straight line together.</summary>
    private static DrawnLeaf Observed(DrawnReading reading, in LeafPlan plan)
    {
        var value = reading.Value;
        if (value.Step > 0 || (plan.Transform is not null && plan.Line is null))
            return new TransformDraw(reading, plan.Transform);
        if (plan.Line is not { } line)
            return new LinearDraw(reading.Deviate, value.Value, value.Deviation, value.Low, value.High);
        var (low, high) = plan.Ends(line, value);
        return new LinearDraw(reading.Deviate, line.Place(value.Value), line.Span * value.Deviation / line.Width, low, high);
    }

    private DrawnReading Reading(int leaf, in UncertainValue value)
    {
        var source = options.ObservationErrors && !value.IsExact ? sources.OfValue(_framework.Leaves[leaf].Indicator) : -1;
        return source < 0
            ? new DrawnReading(-1, UncertainValue.Point(value.Value))
            : new DrawnReading(deviates.Add(source, isNormal: value.Deviation > 0), value);
    }

    private DrawnLeaf? Missing(int leaf)
    {
        var source = options.Missing is MissingDraw.Policy or MissingDraw.Scored ? -1 : sources.OfValue(_framework.Leaves[leaf].Indicator);
        if (source < 0)
            return null;
        var (ends, column) = (scales.EndsOf(leaf), scales.ColumnOf(leaf));
        if (ends is null && column.Length == 0)
            return null;
        var deviate = deviates.Add(source, isNormal: false);
        return ends is { } scale && (options.Missing == MissingDraw.Uniform || column.Length == 0)
            ? new LinearDraw(deviate, scale.Low, scale.High - scale.Low, scale.Low, scale.High)
            : new ColumnDraw(deviate, column);
    }
}
