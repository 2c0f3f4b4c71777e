using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// What the engine must compute, written down a second time as plainly as possible: recursion over the model, products and powers.
/// </summary>
internal static class Naive
{
    public sealed record Result(double? Score, double Coverage, double Backing);

    public static Result Evaluate(Framework model, IReadOnlyDictionary<string, double> values) => model is CompositeFramework composite
        ? Node(composite.Root, composite.ScaleFloor, values)
        : Logistic((LogisticFramework)model, values);

    public static Result Node(Node node, double floor, IReadOnlyDictionary<string, double> values)
    {
        var children = node.Children.Select(child => (child.Weight, Result: Child(child, floor, values))).ToList();
        var whole = children.Sum(child => child.Weight);
        var coverage = children.Sum(child => child.Weight * child.Result.Coverage) / whole;
        var backing = children.Where(child => child.Result.Score is not null).Sum(child => child.Weight * child.Result.Backing) / whole;
        var parts = node.Missing switch
        {
            HoldValue held => children.Select(child => (child.Weight, Value: child.Result.Score ?? held.Value)).ToList(),
            RefuseIncomplete when children.Any(child => child.Weight > 0 && child.Result.Score is null) => [],
            RenormaliseWeights renormalise when backing < renormalise.CoverageFloor - 1e-12 => [],
            _ => children.Where(child => child.Result.Score is not null).Select(child => (child.Weight, Value: child.Result.Score!.Value)).ToList(),
        };
        var total = parts.Sum(part => part.Weight);
        if (total == 0) return new Result(null, coverage, backing);
        var score = node.Aggregation is GeometricMean
            ? Math.Pow(parts.Aggregate(1.0, (product, part) => product * Math.Pow(part.Value / 100, part.Weight)), 1 / total) * 100
            : parts.Sum(part => part.Weight / total * part.Value);
        return new Result(score, coverage, backing);
    }

    private static Result Child(Element element, double floor, IReadOnlyDictionary<string, double> values)
    {
        var result = element is Node node ? Node(node, floor, values) : Leaf((Leaf)element, floor, values);
        return result.Score is { } score && element.Direction == Direction.Lowers ? result with { Score = 100 - (score - floor) } : result;
    }

    private static Result Leaf(Leaf leaf, double floor, IReadOnlyDictionary<string, double> values)
    {
        if (!values.TryGetValue(leaf.Code, out var value)) return new Result(null, 0, 0);
        var posts = (Goalposts)leaf.Normalisation;
        if (posts.Capped) value = Math.Min(Math.Max(value, posts.Low), posts.High);
        return new Result(((value - posts.Low) / (posts.High - posts.Low) * (100 - floor)) + floor, 1, 1);
    }

    private static Result Logistic(LogisticFramework model, IReadOnlyDictionary<string, double> values)
    {
        var counted = model.Predictors.Where(predictor => predictor.Coefficient != 0).ToList();
        var ranged = counted.All(predictor => predictor.Range is not null);
        var coverage = counted.Where(predictor => values.ContainsKey(predictor.Indicator)).Sum(Share) / counted.Sum(Share);
        if (model.Missing is RefuseIncomplete && counted.Any(predictor => !values.ContainsKey(predictor.Indicator)))
            return new Result(null, coverage, coverage);
        var odds = counted.Aggregate(
            Math.Exp(model.Intercept),
            (product, predictor) => product * Math.Exp(predictor.Coefficient * Value(predictor)));
        return new Result(odds / (1 + odds), coverage, coverage);

        double Value(Predictor predictor) => values.TryGetValue(predictor.Indicator, out var value) ? value : predictor.Default!.Value;

        double Share(Predictor predictor) => ranged ? Math.Abs(predictor.Coefficient) * (predictor.Range!.High - predictor.Range.Low) : 1;
    }
}
