using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>What is chosen for every level of aggregation, or for each from the lowest up.</summary>
internal static class LevelMethods
{
    public const string KnownAggregations = "arithmetic, geometric, harmonic, generalised:EXPONENT, median, minimum, maximum, copeland";

    public const string KnownWeightings = "given, equal, pca, correlation";

    /// <summary>Gives one for each step: the same for all, or the list's own.</summary>
    public static string[] Spread(string option, string text, int steps)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 1 ? [.. Enumerable.Repeat(parts[0], steps)]
            : parts.Length == steps ? parts
            : throw new CliException(
                $"{option}: '{text}' has {parts.Length} entries. Give one, or one for each of the {steps} levels above the indicators."
            );
    }

    public static void Aggregate(string option, string text, Node node)
    {
        var method = new MethodText(option, text);
        (node.Aggregation, node.Exponent) = (method.Name, method.Parameters) switch
        {
            ("arithmetic", []) => (Aggregation.Arithmetic, 0d),
            ("geometric", []) => (Aggregation.Geometric, 0),
            ("harmonic", []) => (Aggregation.Harmonic, 0),
            ("generalised", [_]) => (Aggregation.Generalised, method.Numbers(1)[0]),
            ("median", []) => (Aggregation.Median, 0),
            ("minimum", []) => (Aggregation.Minimum, 0),
            ("maximum", []) => (Aggregation.Maximum, 0),
            ("copeland", []) => (Aggregation.Copeland, 0),
            _ => throw method.Unknown(KnownAggregations),
        };
        node.OwnScale = node.Aggregation == Aggregation.Copeland;

        // COINr's a_genmean has no score where a child is missing; its other means pass over it.
        node.MissingData = node.Aggregation == Aggregation.Generalised ? new() { Treatment = MissingDataTreatment.RequireAll } : null;
    }

    public static void Weigh(string option, string text, Node node) =>
        node.Weighting = text switch
        {
            "given" => null,
            "equal" => new() { Method = WeightingMethod.Equal },
            "pca" => new() { Method = WeightingMethod.PrincipalComponent },
            "correlation" => new() { Method = WeightingMethod.Correlation },
            _ => throw new MethodText(option, text).Unknown(KnownWeightings),
        };

    /// <summary>COINr's dat_thresh: the least share of the children that must be there, counted without regard to weight.</summary>
    public static void RequireShare(string option, string text, Node node)
    {
        var share = MethodText.NumberOf(text, option, text);
        if (share is < 0 or > 1)
        {
            throw new CliException($"{option}: '{text}' is no share. Give a number from 0 to 1.");
        }

        // Where all must be there, fewer than all never are; and to Copeland's method COINr gives whole columns, whatever is missing in
        // them.
        if (node.MissingData is null && node.Aggregation != Aggregation.Copeland)
        {
            node.MissingData = new() { Treatment = MissingDataTreatment.Reweight, MinimumPresence = share };
        }
    }
}
