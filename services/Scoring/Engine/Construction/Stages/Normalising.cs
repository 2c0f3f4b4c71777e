using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>
/// Makes a function of a leaf's normalisation. COINr multiplies the values of an indicator that lowers by −1 and then applies the method;
/// here the method itself is turned, which gives the same values from those as they are.
/// </summary>
/// <param name="Lowers">Whether more of the indicator is less.</param>
/// <param name="Floor">Where the framework's scale starts.</param>
/// <param name="Ceiling">Where it ends.</param>
internal readonly record struct Normalising(bool Lowers, double Floor, double Ceiling)
{
    private double Span => Ceiling - Floor;

    /// <summary>Makes the function of a method that looks at no other country.</summary>
    /// <param name="method">The method, with parameters that make sense.</param>
    /// <returns>The function, or null for a method that needs a reference set.</returns>
    public Transform? Fixed(Normalisation method) =>
        method switch
        {
            Goalposts posts => Between(posts),
            CategoricalBands bands => new BandTransform(bands.Steps),
            LogisticCurve curve => new LogisticTransform(
                curve.Midpoint,
                Lowers ? -curve.Steepness : curve.Steepness,
                curve.OwnScale ? 0 : Floor,
                curve.OwnScale ? 1 : Span
            ),
            AsIs => new LinearTransform(0, 1, 0, Lowers ? -1 : 1, capped: false),
            _ => null,
        };

    /// <summary>Makes the function of any method.</summary>
    /// <param name="method">The method, with parameters that make sense.</param>
    /// <param name="column">The reference set's treated values.</param>
    /// <param name="valueOf">Finds a unit's treated value; NaN if it is missing.</param>
    /// <param name="path">Where the method is in the model.</param>
    /// <param name="errors">Takes what makes the method impossible on this set.</param>
    /// <returns>The function, or null after an error.</returns>
    public Transform? On(Normalisation method, SetColumn column, Func<string, double> valueOf, string path, ErrorList errors)
    {
        if (Fixed(method) is { } known)
            return known;
        if (column.Count == 0)
        {
            errors.Add(path, "The reference set has no value of the indicator.", "Give a set that has some, or fixed goalposts.");
            return null;
        }

        var width = WidthOf(method, column, valueOf);
        var (reason, fix) = Objection(method, column, width);
        if (reason is not null)
        {
            errors.Add(path, reason, fix);
            return null;
        }

        return Over(method, column, width);
    }

    private LinearTransform Between(Goalposts posts)
    {
        var (start, span) = posts.OwnScale ? (0.0, 1.0) : (Floor, Span);
        return Lowers
            ? new LinearTransform(posts.Low, posts.High - posts.Low, start + span, -span, posts.Capped)
            : new LinearTransform(posts.Low, posts.High - posts.Low, start, span, posts.Capped);
    }

    /// <summary>The value of the set that stands at the start of the scale.</summary>
    private double Worst(SetColumn column) => Lowers ? column.Greatest : column.Least;

    /// <summary>What the method divides by.</summary>
    private double WidthOf(Normalisation method, SetColumn column, Func<string, double> valueOf) =>
        method switch
        {
            MinMax or DistanceToMaximum => Lowers ? -column.Range : column.Range,
            ZScore => Lowers ? -column.Deviation : column.Deviation,
            DistanceToTarget { Target: var target } => target - Worst(column),
            DistanceToReference { Unit: var unit } => valueOf(unit) - Worst(column),
            FractionOfMaximum => Lowers ? column.Least : column.Greatest,
            Ranking { OwnScale: true } or BordaCount { OwnScale: true } => 1,
            _ => column.Count - 1,
        };

    private Transform Over(Normalisation method, SetColumn column, double width)
    {
        var (start, span) = method.OwnScale ? (0.0, 1.0) : (Floor, Span);
        return method switch
        {
            MinMax { OwnScale: true } own => new LinearTransform(Worst(column), width, own.Low, own.High - own.Low, own.Capped),
            MinMax own => new LinearTransform(Worst(column), width, Floor, Span, own.Capped),
            ZScore score => new LinearTransform(column.Mean, width, score.Mean, score.Deviation, capped: false),
            DistanceToTarget { Capped: var capped } => new LinearTransform(Worst(column), width, start, span, capped),
            DistanceToReference { Capped: var capped } => new LinearTransform(Worst(column), width, start, span, capped),
            DistanceToMaximum => new LinearTransform(Worst(column), width, start, span, capped: false),
            FractionOfMaximum => new LinearTransform(0, width, start, span, capped: false),
            Ranking { OwnScale: true } => new RankTransform(column.Sorted, Lowers, 1, 1, 1),
            Ranking or BordaCount or PercentileRank => new RankTransform(column.Sorted, Lowers, start, span, width),
            _ => throw new ArgumentException($"There is no function for {method.GetType().Name}.", nameof(method)),
        };
    }

    /// <summary>What makes the method impossible on a set, and the way out; nothing if it is possible.</summary>
    private (string? Reason, string Fix) Objection(Normalisation method, SetColumn column, double width)
    {
        const string Vary = "Give a set in which the indicator varies, or fixed goalposts; or leave the indicator out.";
        var worst = ErrorList.Show(Worst(column));
        return method switch
        {
            DistanceToReference { Unit: var unit } when double.IsNaN(width) => (
                $"The reference set has no value of the indicator for \"{unit}\".",
                "Name a country of the set that has one."
            ),
            DistanceToReference { Unit: var unit } when width == 0 => (
                $"\"{unit}\" itself has the value {worst} that the distance starts from.",
                "Name a country that is ahead of another."
            ),
            DistanceToTarget { Target: var target } when (Lowers ? width >= 0 : width <= 0) => (
                $"Every country of the reference set is at the target {ErrorList.Show(target)} or past it.",
                $"Give a target {(Lowers ? "below" : "above")} {worst}, the set's value that is farthest from it."
            ),
            FractionOfMaximum when width == 0 => (
                "The extreme value of the reference set is 0, and nothing is a share of it.",
                "Use min-max, which needs no such value."
            ),
            _ when double.IsNaN(width) || (width == 0 && column.Count == 1) => (
                "The reference set has only one value of the indicator.",
                Vary
            ),
            _ when width == 0 => ($"The indicator is {worst} in the whole reference set, so it has no range.", Vary),
            _ => (null, ""),
        };
    }
}
