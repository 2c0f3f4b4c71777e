using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>Between which values an indicator can be expected to move.</summary>
internal static class LeafRanges
{
    /// <summary>Past this many units of its steepness a logistic curve is within a hundredth of its ends.</summary>
    private const double CurveReach = 5;

    /// <summary>The ranges of the leaves that have a value and a range, in their own units.</summary>
    public static (double Low, double High)?[] Of(ScoreState state, IReadOnlyDictionary<string, ValueRange>? given)
    {
        var framework = state.Framework;
        var ranges = new (double Low, double High)?[framework.LeafCount];
        var leaves = framework.Model is CompositeFramework composite ? LeavesOf(composite.Root).ToArray() : [];
        for (var leaf = 0; leaf < framework.ScoredLeafCount; leaf++)
        {
            if (state.LeafInput(leaf) is null || state.IsImputed(leaf) || framework.Leaves[leaf].EffectiveWeight == 0)
                continue;
            if (given is not null && given.TryGetValue(framework.Leaves[leaf].Indicator, out var range))
                ranges[leaf] = (range.Low, range.High);
            else if (leaves.Length > 0)
                ranges[leaf] = InOwnUnit(state, leaf, OfMethod(leaves[leaf], (CompositeFramework)framework.Model));
            else
                ranges[leaf] = OfPredictor(framework.Model, framework.Leaves[leaf].Indicator);
            if (ranges[leaf] is { } ends && !(ends.High > ends.Low && double.IsFinite(ends.High - ends.Low)))
                ranges[leaf] = null;
        }

        return ranges;
    }

    /// <summary>Whether more of an indicator moves the score one way only, wherever it stands.</summary>
    public static bool IsMonotone(CompiledFramework framework, int leaf)
    {
        var plan = framework.Layout.LeafPlans[leaf];
        return plan.MoreSlots.Length == 0
            && plan.Divides.Length == 0
            && framework.Layout.Imputer is null
            && plan.Transform is not (BandTransform or ChainTransform { Second: BandTransform })
            && !framework
                .Layout.NodePlans[framework.Layout.Owners[plan.Slot]]
                .Products.Any(product => Array.IndexOf(product.Slots, plan.Slot) is >= 0 and var at && product.Powers[at] > 1);
    }

    private static IEnumerable<Leaf> LeavesOf(Element element) =>
        element is Node node ? node.Children.SelectMany(LeavesOf) : [(Leaf)element];

    private static (double Low, double High)? OfMethod(Leaf leaf, CompositeFramework model) =>
        leaf.Normalisation switch
        {
            Goalposts posts => (posts.Low, posts.High),
            CategoricalBands { Steps: var steps } => (steps[0].From - (steps[1].From - steps[0].From), steps[^1].From),
            LogisticCurve curve => (curve.Midpoint - (CurveReach / curve.Steepness), curve.Midpoint + (CurveReach / curve.Steepness)),
            DistanceToTarget { Target: var target } => OfSet(leaf, model) is var (low, high)
                ? (Math.Min(low, target), Math.Max(high, target))
                : null,
            _ => OfSet(leaf, model),
        };

    /// <summary>The range of the reference set after denominators.</summary>
    private static (double Low, double High)? OfSet(Leaf leaf, CompositeFramework model)
    {
        if (model.Reference is not { } set)
            return null;
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var unit = 0; unit < set.Units.Length; unit++)
        {
            var value = set[unit, leaf.Indicator];
            if (leaf.Denominator is { } denominator)
                value = LeafPlan.Quotient(value, set[unit, denominator.Indicator], denominator.Scale);
            if (!double.IsNaN(value))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    private static (double Low, double High)? OfPredictor(Framework model, string indicator)
    {
        var predictors = model switch
        {
            LogisticFramework logistic => logistic.Predictors,
            EnsembleFramework ensemble => ensemble.Members.SelectMany(member => member.Predictors),
            _ => [],
        };
        return predictors.First(predictor => predictor.Indicator == indicator).Range is { } range ? (range.Low, range.High) : null;
    }

    /// <summary>A range of quotients as one of numerators, while the denominator stays as it is.</summary>
    private static (double Low, double High)? InOwnUnit(ScoreState state, int leaf, (double Low, double High)? range)
    {
        var plan = state.Framework.Layout.LeafPlans[leaf];
        if (plan.Denominator < 0 || range is not { } quotients)
            return range;
        var unit = state.LeafValue(plan.Denominator)!.Value / plan.DenominatorScale;
        return unit > 0 ? (quotients.Low * unit, quotients.High * unit) : (quotients.High * unit, quotients.Low * unit);
    }
}
