using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>What takes the place of a missing value.</summary>
internal static class ImputeMethod
{
    public const string Known =
        "mean, median, group-mean, group-median (with --group), sibling-mean, sibling-median, linear or latest (a panel's years), em, none";

    public static Imputation? Parse(string option, string text, string? group) =>
        text switch
        {
            "none" => null,
            "mean" => Central(CentralStatistic.Mean, ""),
            "median" => Central(CentralStatistic.Median, ""),
            "group-mean" => Central(CentralStatistic.Mean, Needed(option, group)),
            "group-median" => Central(CentralStatistic.Median, Needed(option, group)),
            "sibling-mean" => new() { Sibling = new() { Statistic = CentralStatistic.Mean } },
            "sibling-median" => new() { Sibling = new() { Statistic = CentralStatistic.Median } },
            "linear" => new() { Linear = new() },
            "latest" => new() { CarriedForward = new() },
            "em" => new() { ExpectationMaximisation = new() },
            _ => throw new MethodText(option, text).Unknown(Known),
        };

    private static Imputation Central(CentralStatistic statistic, string group) =>
        new()
        {
            Central = new() { Statistic = statistic, Group = group },
        };

    private static string Needed(string option, string? group) =>
        string.IsNullOrEmpty(group)
            ? throw new CliException($"{option}: name the grouping with --group, such as a column of type Group in iMeta.")
            : group;
}
