using System.Globalization;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Thresholds;

/// <summary>Says in words what a threshold watches for. Pure.</summary>
internal static class ConditionWords
{
    /// <summary>The whole condition, with all that narrows it.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="framework">The framework that it watches, where it is known.</param>
    /// <param name="brief">Whether the framework is said beside it.</param>
    public static string Of(Threshold threshold, Framework? framework, bool brief = false) =>
        string.Concat(
            Head(threshold, framework, brief),
            threshold.For is { Seconds: > 0 } ? Say("threshold.for", Span(threshold.For)) : "",
            threshold.HasMinimumProbability ? Say("threshold.probability", Number.Percent(threshold.MinimumProbability)) : "",
            threshold.HasMinimumCoverage ? Say("threshold.coverage", Number.Percent(threshold.MinimumCoverage)) : "",
            threshold.HasMinimumSources ? Say("threshold.sources", threshold.MinimumSources) : "",
            "."
        );

    /// <summary>In which countries it is watched.</summary>
    public static string Where(Threshold threshold) =>
        threshold.Countries.Count == 0 ? Say("threshold.everywhere") : string.Join(", ", threshold.Countries);

    /// <summary>A span of time in its largest whole unit.</summary>
    public static string Span(Duration? span) =>
        span?.Seconds switch
        {
            null or 0 => Say("threshold.atOnce"),
            var s when s % 86_400 == 0 => Count("threshold.days", (int)(s / 86_400)),
            var s when s % 3_600 == 0 => Count("threshold.hours", (int)(s / 3_600)),
            var s when s % 60 == 0 => Count("threshold.minutes", (int)(s / 60)),
            var s => Count("threshold.seconds", (int)s),
        };

    /// <summary>A figure without more digits than it has.</summary>
    public static string Figure(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Head(Threshold threshold, Framework? framework, bool brief)
    {
        var of = framework?.DisplayName is { Length: > 0 } name ? name : ResourceName.IdOf(threshold.Framework);
        var what = (threshold.Target.Length == 0, brief) switch
        {
            (true, true) => Say("threshold.score.brief"),
            (true, false) => Say("threshold.score", of),
            (false, true) => NameOf(threshold.Target, framework),
            _ => Say("threshold.target", NameOf(threshold.Target, framework), of),
        };
        return threshold.Condition switch
        {
            Condition.Level when brief => Say("threshold.Level.brief", threshold.Level),
            Condition.Level => Say("threshold.Level", of, threshold.Level),
            Condition.Rise => Say("threshold.Rise", what, Figure(threshold.Value), Span(threshold.Window)),
            Condition.Below => Say("threshold.Below", what, Figure(threshold.Value)) + Clears(threshold, "threshold.clears.Below"),
            _ => Say("threshold.Above", what, Figure(threshold.Value)) + Clears(threshold, "threshold.clears.Above"),
        };
    }

    private static string Clears(Threshold threshold, string key) =>
        threshold.HasClearingValue ? Say(key, Figure(threshold.ClearingValue)) : "";

    /// <summary>A node's or indicator's name with its code; the code where it has no name.</summary>
    public static string NameOf(string code, Framework? framework) =>
        framework?.Composite?.Root is { } root && Find(root, code) is { DisplayName.Length: > 0 } node
            ? $"{node.DisplayName} ({code})"
            : code;

    private static Node? Find(Node node, string code) =>
        node.Code == code || node.Leaf?.Indicator == code
            ? node
            : node.Children.Select(child => Find(child, code)).FirstOrDefault(found => found is not null);
}
