using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>The methods whose parameters COINr can take from columns of iMeta ("use_iMeta"), an indicator at a time.</summary>
internal static class NormaliseByTable
{
    public static NormaliseMethod MinMax((double Low, double High)? range) => new(range ?? (0, 100), (meta, row, leaf) =>
        {
            var (low, high) = range ?? (meta.Number(row, "minmax_lower") ?? 0, meta.Number(row, "minmax_upper") ?? 100);
            leaf.Normalisation = new()
            {
                OwnScale = true,
                MinMax = new() { Low = low, High = high },
            };
        });

    public static NormaliseMethod ZScore(double[] given) => new(null, (meta, row, leaf) =>
        {
            var (mean, deviation) = given is [var m, var s]
                ? (m, s)
                : (meta.Number(row, "zscore_mean") ?? 0, meta.Number(row, "zscore_sd") ?? 1);
            leaf.Normalisation = new()
            {
                OwnScale = true,
                ZScore = new() { Mean = mean, Deviation = deviation },
            };
        });

    public static NormaliseMethod DistanceToTarget(double[] given) => new((0, 1), (meta, row, leaf) => leaf.Normalisation = new()
            {
                OwnScale = true,
                DistanceToTarget = new()
                {
                    Target = given is [var target] ? target : meta.NumberNeeded(row, "Target", "which distance-to-target needs"),
                    Capped = meta.Flag(row, "dist2targ_cap_max") ?? false,
                },
            });

    public static NormaliseMethod Goalposts(double[] given) => new((0, 100), (meta, row, leaf) =>
        {
            const string Why = "which goalposts need";
            (leaf.Low, leaf.High) = given is [var low, var high]
                ? (low, high)
                : (meta.NumberNeeded(row, "goalpost_lower", Why), meta.NumberNeeded(row, "goalpost_upper", Why));
            leaf.Normalisation = new()
            {
                OwnScale = IsShare(meta, row, "goalpost_scale"),
                Goalposts = new() { Uncapped = meta.Flag(row, "goalpost_trunc2posts") == false },
            };
        });

    public static NormaliseMethod Scaled() => new((0, 100), (meta, row, leaf) =>
        {
            const string Why = "which scaled needs";
            (leaf.Low, leaf.High) = (meta.NumberNeeded(row, "scaled_lower", Why), meta.NumberNeeded(row, "scaled_upper", Why));
            leaf.Normalisation = new()
            {
                OwnScale = IsShare(meta, row, "scale_factor"),
                Goalposts = new() { Uncapped = true },
            };
        });

    // A framework's scale ends at 100, and a share of it at 1; other ends would have to be multiplied in.
    private static bool IsShare(MetaTable meta, MetaRow row, string column) =>
        (meta.Number(row, column) ?? 100) switch
        {
            1 => true,
            100 => false,
            var other => throw meta.Wrong(row, column, $"the scale {CsvOutput.Number(other)} is not served. Use 1 or 100."),
        };
}
