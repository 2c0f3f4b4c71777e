using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// The scales of a tree, plainly: normalisation of one value beside the reference set's column, and what a mirror image is taken from.
/// </summary>
internal static class NaiveScales
{
    public static IEnumerable<Leaf> LeavesOf(Element element) =>
        element is Node node ? node.Children.SelectMany(LeavesOf) : [(Leaf)element];

    /// <summary>The denominated values of the units that are not screened out.</summary>
    public static List<double> Column(CompositeFramework model, Leaf leaf) =>
        [.. Stay(model).Select(unit => Naive.Denominated(leaf, unit)).OfType<double>()];

    /// <summary>The same with the mean in its gaps where that is asked for, which is what normalisation looks at.</summary>
    private static List<double> Filled(CompositeFramework model, Leaf leaf)
    {
        var known = Column(model, leaf);
        if (leaf.Imputation is CentralValue)
            known.AddRange(Enumerable.Repeat(known.Average(), Stay(model).Count() - known.Count));
        return known;
    }

    public static double Normalise(CompositeFramework model, Leaf leaf, double value)
    {
        var (method, lowers) = (leaf.Normalisation, leaf.Direction == Direction.Lowers);
        double Stretch(double share) => method.OwnScale ? share : model.ScaleFloor + ((100 - model.ScaleFloor) * share);
        double Turn(double number) => lowers ? -number : number;
        if (method is Goalposts posts)
        {
            if (posts.Capped)
                value = Math.Min(Math.Max(value, posts.Low), posts.High);
            var share = (value - posts.Low) / (posts.High - posts.Low);
            return Stretch(lowers ? 1 - share : share);
        }

        if (method is CategoricalBands bands)
            return (bands.Steps.LastOrDefault(step => step.From <= value) ?? bands.Steps[0]).Score;
        if (method is LogisticCurve curve)
            return Stretch(1 / (1 + Math.Exp(-curve.Steepness * (Turn(value) - Turn(curve.Midpoint)))));
        if (method is AsIs)
            return Turn(value);
        var column = Filled(model, leaf).Select(Turn).ToList();
        var x = Turn(value);
        switch (method)
        {
            case MinMax own:
                var part = (x - column.Min()) / (column.Max() - column.Min());
                if (own.Capped)
                    part = Math.Min(Math.Max(part, 0), 1);
                return own.OwnScale ? own.Low + ((own.High - own.Low) * part) : Stretch(part);
            case ZScore score:
                var spread = Math.Sqrt(column.Sum(other => Math.Pow(other - column.Average(), 2)) / (column.Count - 1));
                return score.Mean + (score.Deviation * (x - column.Average()) / spread);
        }

        // The place among the set's values, of which no value is past the last.
        double place = Math.Min(column.Count(other => other < x), column.Count - 1);
        return method is Ranking { OwnScale: true } ? place + 1 : Stretch(place / (column.Count - 1));
    }

    /// <summary>Start plus end of a node's scale; 0 where it has none.</summary>
    public static double Mirror(CompositeFramework model, Element node) => Scale(model, node) is var (start, end) ? start + end : 0;

    private static (double Start, double End)? Scale(CompositeFramework model, Element element)
    {
        if (element is Leaf leaf)
            return leaf.Normalisation switch
            {
                ZScore or AsIs => null,
                MinMax { OwnScale: true } own => (own.Low, own.High),
                Ranking { OwnScale: true } => (1, Filled(model, leaf).Count),
                { OwnScale: true } => (0, 1),
                _ => (model.ScaleFloor, 100),
            };
        var node = (Node)element;
        if (node.Aggregation is Copeland copeland)
        {
            var most = Stay(model).Count() - 1;
            return copeland.OwnScale ? (-most, most) : (model.ScaleFloor, 100);
        }

        var scales = node
            .Children.Where(child => child.Weight > 0 || node.Weighting is EqualWeights)
            .Select(child => Scale(model, child))
            .ToList();
        return scales.Contains(null) ? null : (scales.Min(scale => scale!.Value.Start), scales.Max(scale => scale!.Value.End));
    }

    /// <summary>What each unit that is not screened out knows.</summary>
    private static IEnumerable<Dictionary<string, double>> Stay(CompositeFramework model)
    {
        var set = model.Reference!;
        return Enumerable
            .Range(0, set.Units.Length)
            .Select(unit =>
                set.Indicators.Where(code => !double.IsNaN(set[unit, code]))
                    .ToDictionary(code => code, code => set[unit, code], StringComparer.Ordinal)
            )
            .Where(values => !new Naive(model, values).IsScreenedOut());
    }
}
