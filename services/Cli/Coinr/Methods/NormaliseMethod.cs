using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>
/// How an indicator is normalised: COINr's n_ functions under their plain names, on their own scale, so that numbers equal COINr's.
/// </summary>
/// <param name="Scale">The ends of the scale; nothing where it has none, or where they hang on the data.</param>
/// <param name="Apply">Puts it into a leaf, with what iMeta says of the indicator.</param>
internal sealed record NormaliseMethod((double Low, double High)? Scale, Action<MetaTable, MetaRow, Leaf> Apply)
{
    public const string Known =
        "min-max[:LOW:HIGH], z-score[:MEAN:SD], rank, borda, percentile-rank, distance-to-target[:TARGET], distance-to-reference[:UNIT], "
        + "distance-to-maximum, fraction-of-maximum, goalposts[:LOW:HIGH], scaled, none";

    private static readonly (double, double) s_share = (0, 1);

    public static NormaliseMethod Parse(string option, string text, (double Low, double High)? range, string? referenceUnit)
    {
        var method = new MethodText(option, text);
        return method.Name switch
        {
            "min-max" => NormaliseByTable.MinMax(method.Numbers(2) is [var low, var high] ? (low, high) : range),
            "z-score" => NormaliseByTable.ZScore(method.Numbers(2)),
            "rank" => Own(null, new() { Rank = new() }),
            "borda" => Own(null, new() { Borda = new() }),
            "percentile-rank" => Own(s_share, new() { PercentileRank = new() }),
            "distance-to-target" => NormaliseByTable.DistanceToTarget(method.Numbers(1)),
            "distance-to-reference" => DistanceToReference(method, referenceUnit),
            "distance-to-maximum" => Own(s_share, new() { DistanceToMaximum = new() }),
            "fraction-of-maximum" => Own(s_share, new() { FractionOfMaximum = new() }),
            "goalposts" => NormaliseByTable.Goalposts(method.Numbers(2)),
            "scaled" => NormaliseByTable.Scaled(),
            "none" => Own(null, new() { AsIs = new() }),
            _ => throw method.Unknown(Known),
        };
    }

    private static NormaliseMethod DistanceToReference(MethodText method, string? referenceUnit)
    {
        var unit = method.Parameters is [var named] ? named : referenceUnit;
        return string.IsNullOrEmpty(unit)
            ? throw new Output.CliException($"{method.Option}: distance-to-reference needs a unit. Give its uCode with --reference-unit.")
            : Own(s_share, new() { DistanceToReference = new() { Unit = unit } });
    }

    private static NormaliseMethod Own((double, double)? scale, Normalisation normalisation)
    {
        normalisation.OwnScale = true;
        return new(scale, (_, _, leaf) => leaf.Normalisation = normalisation.Clone());
    }
}
