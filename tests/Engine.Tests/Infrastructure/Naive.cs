using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// What the engine must compute, written down a second time as plainly as possible: recursion over the model, products and powers.
/// </summary>
/// <param name="model">The framework.</param>
/// <param name="values">The country's values by indicator; those that are missing are not there.</param>
/// <param name="row">The country's row in the reference set; −1 for none.</param>
/// <param name="units">
/// Gives by a node's code where the scale starts on which missing children are drawn, and how long it is; null where the others stand for
/// them, as in a reference set.
/// </param>
internal sealed class Naive(
    CompositeFramework model,
    IReadOnlyDictionary<string, double> values,
    int row = -1,
    Func<string, (double Low, double Span)>? units = null
)
{
    public sealed record Result(double? Score, double Coverage, double Backing);

    public static Result Evaluate(
        Framework model,
        IReadOnlyDictionary<string, double> values,
        int row = -1,
        Func<string, (double Low, double Span)>? units = null
    ) =>
        model switch
        {
            CompositeFramework composite => new Naive(composite, values, row, units).Score(),
            LogisticFramework logistic => NaiveRegression.Evaluate(logistic, values),
            _ => NaiveRegression.Evaluate((EnsembleFramework)model, values),
        };

    public Result Score() => Node(model.Root);

    /// <summary>A node; without a score where the country has too little data for any.</summary>
    public Result Node(Node node)
    {
        var result = Inner(node);
        return IsScreenedOut() || result.Coverage == 0 ? result with { Score = null } : result;
    }

    private Result Inner(Node node)
    {
        var children = node.Children.Select(child => (Weight: WeightOf(node, child), Result: Child(child))).ToList();
        var whole = children.Sum(child => child.Weight);
        var coverage = children.Sum(child => child.Weight * child.Result.Coverage) / whole;
        var backing = children.Where(child => child.Result.Score is not null).Sum(child => child.Weight * child.Result.Backing) / whole;
        var present = children.Count(child => child.Result.Score is not null) / (double)children.Count;
        var counts = node.Missing switch
        {
            RefuseIncomplete => children.TrueForAll(child => child.Weight == 0 || child.Result.Score is not null),
            RenormaliseWeights rule => backing >= rule.CoverageFloor - 1e-12 && present >= rule.PresenceFloor - 1e-12,
            _ => true,
        };
        var terms = children.Select(child => (child.Weight, Value: child.Result.Score ?? (node.Missing as HoldValue)?.Value)).ToList();
        if (!counts || terms.Where(term => term.Value is not null).Sum(term => term.Weight) == 0)
            return new Result(null, coverage, backing);
        var score = node.Aggregation is Copeland copeland
            ? Duels(node, copeland, [.. terms.Select(term => term.Value)])
            : Aggregate(
                node.Aggregation,
                [.. terms.Where(term => term.Value is not null && term.Weight > 0).Select(term => (term.Weight, term.Value!.Value))]
            );
        if (
            node.Missing is RenormaliseWeights
            && units is not null
            && units(node.Code) is { Span: > 0 } unit
            && terms.Exists(term => term.Value is null && term.Weight > 0)
        )
            score = WithMissing(node, terms, score, unit);
        return new Result(double.IsNaN(score) ? null : score, coverage, backing);
    }

    /// <summary>
    /// The missing children at (n·m + ½) / (n + 1) of the unit scale, n being the effective number (Σw)² / Σw² of the others.
    /// </summary>
    private static double WithMissing(Node node, List<(double Weight, double? Value)> terms, double score, (double Low, double Span) unit)
    {
        var there = terms.Where(term => term.Value is not null).Select(term => term.Weight).ToList();
        var n = there.Sum() * there.Sum() / there.Sum(weight => weight * weight);
        var mean = unit.Low + (unit.Span * ((n * (score - unit.Low) / unit.Span) + 0.5) / (n + 1));
        if (node.Aggregation is Copeland)
            return score + ((mean - score) * (1 - (there.Sum() / terms.Sum(term => term.Weight))));
        return Aggregate(node.Aggregation, [.. terms.Where(term => term.Weight > 0).Select(term => (term.Weight, term.Value ?? mean))]);
    }

    private static double Aggregate(Aggregation aggregation, List<(double Weight, double Value)> parts)
    {
        var total = parts.Sum(part => part.Weight);
        double Power(double p) => Math.Pow(parts.Sum(part => part.Weight / total * Math.Pow(part.Value, p)), 1 / p);
        return aggregation switch
        {
            GeometricMean => parts.Aggregate(1.0, (product, part) => product * Math.Pow(part.Value / 100, part.Weight / total)) * 100,
            HarmonicMean => Power(-1),
            GeneralisedMean generalised => Power(generalised.Exponent),
            MinimumChild => parts.Min(part => part.Value),
            MaximumChild => parts.Max(part => part.Value),
            MedianChild => (Half(parts, total, 1) - Half(parts, total, -1)) / 2,
            _ => Power(1),
        };
    }

    /// <summary>
    /// From one side, the first value at which the weights up to it reach half. From the other it is another one only where they meet half
    /// exactly.
    /// </summary>
    private static double Half(List<(double Weight, double Value)> parts, double total, int side)
    {
        var turned = parts.Select(part => (part.Weight, Value: side * part.Value)).ToList();
        return turned
            .Where(part => turned.Where(other => other.Value <= part.Value).Sum(other => other.Weight) >= (total / 2) - (1e-12 * total))
            .Min(part => part.Value);
    }

    private double Duels(Node node, Copeland copeland, double?[] mine)
    {
        var kept = Enumerable.Range(0, model.Reference!.Units.Length).Where(unit => !Unit(unit).IsScreenedOut()).ToList();
        double?[] Scores(int unit) =>
            [.. node.Children.Select(child => Unit(unit).Child(child).Score ?? (node.Missing as HoldValue)?.Value)];
        var set = kept.Select(Scores).ToList();
        double beaten = 0,
            met = 0;
        var opponents = kept.Where(unit => unit != row).ToList();
        foreach (var others in opponents.Select(Scores))
        {
            double won = 0,
                whole = 0;
            for (var i = 0; i < mine.Length; i++)
            {
                if ((mine[i] - others[i]) is not { } lead)
                    continue;
                var weight = WeightOf(node, node.Children[i]);
                whole += weight;
                var tie = 1e-12 * set.Max(scores => Math.Abs(scores[i] ?? 0));
                won +=
                    Math.Abs(lead) <= tie ? weight / 2
                    : lead > 0 ? weight
                    : 0;
            }

            if (whole == 0)
                continue;
            met++;
            beaten += Math.Abs((won / whole) - 0.5) < 1e-12 ? 0 : Math.Sign((won / whole) - 0.5);
        }

        beaten = Math.Clamp(beaten / met * opponents.Count, 1 - kept.Count, kept.Count - 1);
        return copeland.OwnScale ? beaten : model.ScaleFloor + ((100 - model.ScaleFloor) * ((beaten / (kept.Count - 1)) + 1) / 2);
    }

    private Naive Unit(int unit)
    {
        var set = model.Reference!;
        var known = set
            .Indicators.Where(code => !double.IsNaN(set[unit, code]))
            .ToDictionary(code => code, code => set[unit, code], StringComparer.Ordinal);
        return new Naive(model, known, unit);
    }

    private Result Child(Element element)
    {
        if (element is Leaf leaf)
            return Leaf(leaf);
        var result = Inner((Node)element);
        return result.Score is { } score && element.Direction == Direction.Lowers
            ? result with
            {
                Score = NaiveScales.Mirror(model, element) - score,
            }
            : result;
    }

    private Result Leaf(Leaf leaf)
    {
        var known = Denominated(leaf, values);
        var value = known ?? (leaf.Imputation is CentralValue ? NaiveScales.Column(model, leaf).Average() : null);
        var share = known is null ? 0 : 1;
        return new Result(value is { } number ? NaiveScales.Normalise(model, leaf, number) : null, share, share);
    }

    public bool IsScreenedOut()
    {
        if (model.Screening is not { } screening)
            return false;
        var leaves = NaiveScales.LeavesOf(model.Root).ToList();
        var known = leaves.Select(leaf => Denominated(leaf, values)).Where(value => value is not null).ToList();
        return known.Count < (screening.Available * leaves.Count) - 1e-9
            || (screening.NonZero > 0 && (known.Count == 0 || known.Count(value => value != 0) < (screening.NonZero * known.Count) - 1e-9));
    }

    public static double? Denominated(Leaf leaf, IReadOnlyDictionary<string, double> values)
    {
        if (!values.TryGetValue(leaf.Code, out var value))
            return null;
        if (leaf.Denominator is not { } denominator)
            return value;
        return values.TryGetValue(denominator.Indicator, out var divisor) && divisor != 0 ? value / (divisor / denominator.Scale) : null;
    }

    private static double WeightOf(Node node, Element child) => node.Weighting is EqualWeights ? 1 : child.Weight;
}
