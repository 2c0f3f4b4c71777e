using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>How the leaves of one country are drawn under one framework.</summary>
/// <param name="state">The country's state.</param>
/// <param name="options">What is unsure.</param>
/// <param name="scales">The scales of missing values under the framework.</param>
/// <param name="sources">The numbers that the streams go by.</param>
/// <param name="deviates">The country's deviates, which its plans share.</param>
internal sealed class LeafDraws(ScoreState state, MonteCarloOptions options, MissingScales scales, Sources sources, DeviateList deviates)
{
    private readonly CompiledFramework _framework = state.Framework;

    /// <summary>Says how a leaf is drawn.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>How; null where it is the same in all draws.</returns>
    public DrawnLeaf? Draw(int leaf)
    {
        ref readonly var plan = ref _framework.Layout.LeafPlans[leaf];
        if (state.LeafInput(leaf) is not { } input) return Missing(leaf);
        if (plan.Denominator < 0 || state.IsImputed(leaf))
        {
            var ranged = state.IsImputed(leaf) && plan.Denominator >= 0 ? null : RangeOf(leaf);
            var reading = Reading(leaf, input, state.InputError(leaf), ranged);
            return reading.Deviate < 0 ? null : Observed(reading, plan.Transform);
        }

        var (value, divisor) = (Reading(leaf), Reading(plan.Denominator));
        if (value.Deviate < 0 && divisor.Deviate < 0) return null;
        return new QuotientDraw(value, divisor, plan.DenominatorScale, plan.Transform);
    }

    /// <summary>A value and its error go through a straight line together.</summary>
    private static DrawnLeaf Observed(DrawnReading reading, Transform? transform)
    {
        var line = transform switch
        {
            LinearTransform linear => linear,
            ClippedLinearTransform clipped => clipped.Line,
            _ => null,
        };
        if (line is null && transform is not null) return new TransformDraw(reading, transform);
        var (offset, slope) = line is null
            ? (reading.Value, reading.Error)
            : (line.Start + (line.Span * ((reading.Value - line.Origin) / line.Width)), line.Span * reading.Error / line.Width);
        return new LinearDraw(
            reading.Deviate, offset, slope, transform?.Low ?? double.NegativeInfinity, transform?.High ?? double.PositiveInfinity);
    }

    private DrawnReading Reading(int leaf) => Reading(leaf, state.LeafValue(leaf)!.Value, state.LeafStandardError(leaf) ?? 0, RangeOf(leaf));

    private DrawnReading Reading(int leaf, double value, double error, ValueRange? range)
    {
        var source = options.ObservationErrors && error > 0 ? sources.OfValue(_framework.Leaves[leaf].Indicator) : -1;
        if (source < 0) return new DrawnReading(-1, value, 0);
        var (low, high) = range is null
            ? (double.NegativeInfinity, double.PositiveInfinity)
            : ((range.Low - value) / error, (range.High - value) / error);
        return new DrawnReading(deviates.Add(source, isNormal: true, low, high), value, error);
    }

    private ValueRange? RangeOf(int leaf) => options.ValidRanges.GetValueOrDefault(_framework.Leaves[leaf].Indicator) ?? _framework.Leaves[leaf].ValidRange;

    private DrawnLeaf? Missing(int leaf)
    {
        var source = options.Missing == MissingDraw.Policy ? -1 : sources.OfValue(_framework.Leaves[leaf].Indicator);
        if (source < 0) return null;
        var (ends, column) = (scales.EndsOf(leaf), scales.ColumnOf(leaf));
        if (ends is null && column.Length == 0) return null;
        var deviate = deviates.Add(source, isNormal: false, double.NegativeInfinity, double.PositiveInfinity);
        return ends is { } scale && (options.Missing == MissingDraw.Uniform || column.Length == 0)
            ? new LinearDraw(deviate, scale.Low, scale.High - scale.Low, scale.Low, scale.High)
            : new ColumnDraw(deviate, column);
    }
}
