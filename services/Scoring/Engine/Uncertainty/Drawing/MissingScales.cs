using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>What a missing leaf may be, on the scale of its node; the same for all countries.</summary>
/// <param name="framework">The framework.</param>
internal sealed class MissingScales(CompiledFramework framework)
{
    private readonly Dictionary<string, Leaf> _leaves = LeavesOf(framework.Model);
    private readonly Dictionary<string, ValueRange?> _ranges = RangesOf(framework.Model);
    private readonly double[]?[] _columns = new double[]?[framework.LeafCount];

    /// <summary>The ends of a leaf's scale; null where it has none. Goalposts that values may pass are its ends all the same.</summary>
    public (double Low, double High)? EndsOf(int leaf)
    {
        var code = framework.Leaves[leaf].Indicator;
        if (framework.Layout.LeafPlans[leaf].Transform is not { } transform)
            return _ranges.GetValueOrDefault(code) is { } range ? (range.Low, range.High) : null;
        var (low, high) = _leaves[code].Normalisation is Goalposts posts
            ? (transform.Apply(posts.Low), transform.Apply(posts.High))
            : (transform.Low, transform.High);
        return double.IsFinite(low) && double.IsFinite(high) ? (Math.Min(low, high), Math.Max(low, high)) : null;
    }

    /// <summary>A leaf's values in the reference set, on its node's scale; none without a set or values.</summary>
    public double[] ColumnOf(int leaf) => _columns[leaf] ??= MakeColumn(leaf);

    private double[] MakeColumn(int leaf)
    {
        if (framework.Model is not CompositeFramework { Reference: { } set })
            return [];
        var (model, plan) = (_leaves[framework.Leaves[leaf].Indicator], framework.Layout.LeafPlans[leaf]);
        var column = new List<double>(set.Units.Length);
        var units = framework.Resolution!.Units is { Length: > 0 } kept ? kept : [.. set.Units];
        foreach (var unit in units.Select(unit => set.RowOf(unit.Key)))
        {
            var value = set[unit, model.Indicator];
            if (model.Denominator is { } divisor)
                value = LeafPlan.Quotient(value, set[unit, divisor.Indicator], divisor.Scale);
            value = plan.Scale(value);
            if (double.IsFinite(value))
                column.Add(value);
        }

        return [.. column];
    }

    private static Dictionary<string, Leaf> LeavesOf(Framework model)
    {
        var leaves = new Dictionary<string, Leaf>(StringComparer.Ordinal);
        if (model is CompositeFramework tree)
            Add(tree.Root);
        return leaves;

        void Add(Element element)
        {
            if (element is Leaf leaf)
                leaves.Add(leaf.Indicator, leaf);
            else
                foreach (var child in ((Node)element).Children)
                    Add(child);
        }
    }

    private static Dictionary<string, ValueRange?> RangesOf(Framework model)
    {
        var predictors = model switch
        {
            LogisticFramework logistic => logistic.Predictors,
            EnsembleFramework ensemble => ensemble.Members.SelectMany(member => member.Predictors),
            _ => [],
        };
        return predictors
            .DistinctBy(predictor => predictor.Indicator)
            .ToDictionary(predictor => predictor.Indicator, predictor => predictor.Range, StringComparer.Ordinal);
    }
}
