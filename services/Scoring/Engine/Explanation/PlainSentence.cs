using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>Says a score in plain English, from numbers and names alone.</summary>
public static class PlainSentence
{
    /// <summary>More names than this tire a reader.</summary>
    private const int MostNames = 3;

    /// <summary>
    /// Writes it: the score and its level, how sure it is, what raises and lowers it most, how much of the data there is, and the nearest
    /// change.
    /// </summary>
    /// <param name="facts">What there is to say.</param>
    /// <returns>One to six sentences. Scores are whole numbers of 100. Numbers have a point before decimals, and amounts a sign.</returns>
    public static string Of(ScoreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Score is not { } score)
            return $"{facts.Subject} has no score under {facts.Framework}: {Data(facts)}. That is no sign of a low risk.";
        string?[] sentences =
        [
            $"{facts.Subject}: {Show(score, facts)}{(facts.IsProbability ? "" : " of 100")}{Level(facts)} under "
                + $"{facts.Framework}{Sureness(facts)}",
            "A risk score, not a finding",
            Reasons(facts),
            Capital(Data(facts)),
            Nearest(facts),
        ];
        return string.Join(" ", sentences.Where(sentence => sentence is not null).Select(sentence => $"{sentence}."));
    }

    private static string Level(ScoreFacts facts) =>
        facts.Level.Length == 0 ? ""
        : facts.DecidingNode.Length > 0 ? $" (level {facts.Level}, by {facts.DecidingNode})"
        : $" (level {facts.Level})";

    private static string Sureness(ScoreFacts facts)
    {
        var interval =
            facts.Interval is { } known && known.High > known.Low && double.IsFinite(known.Low) && double.IsFinite(known.High)
                ? $"; the true score lies {Between(known, facts)} with a probability of {Percent(known.Probability)}"
                : "";
        var level = facts.LevelProbability is { } probability
            ? $"; the level is at least that with a probability of {Percent(probability)}"
            : "";
        return interval + level;
    }

    private static string Between(NodeRange range, ScoreFacts facts)
    {
        var (low, high) = (Show(range.Low, facts), Show(range.High, facts));
        return low == high ? $"within half a point of {low}" : $"from {low} to {high}";
    }

    private static string? Reasons(ScoreFacts facts)
    {
        var raising = Largest(facts, 1);
        var lowering = Largest(facts, -1);
        if (raising.Length + lowering.Length == 0)
            return null;
        var against = facts.Baseline.Length > 0 ? $"Measured from {facts.Baseline}, " : "";
        var raised = raising.Length > 0 ? $"it is raised most by {Join(raising)}" : "";
        var lowered = lowering.Length > 0 ? $"{(raising.Length > 0 ? " and " : "it is ")}lowered most by {Join(lowering)}" : "";
        return Capital(against + raised + lowered);
    }

    private static string[] Largest(ScoreFacts facts, int sign) =>
        [
            .. facts
                .Contributions.Where(part => sign * part.Amount > 0)
                .OrderByDescending(part => sign * part.Amount)
                .ThenBy(part => part.Name, StringComparer.Ordinal)
                .Take(MostNames)
                .Select(part => $"{part.Name} ({Signed(part.Amount, facts)})"),
        ];

    private static string Data(ScoreFacts facts)
    {
        var gaps = facts.Missing.IsDefaultOrEmpty ? "" : $"; {Count(facts.Missing)} no valid data: {Names(facts.Missing)}";
        return $"{Percent(facts.Coverage)} of the weight has valid data{gaps}";
    }

    private static string Count(ImmutableArray<string> missing) =>
        missing.Length == 1 ? "1 indicator has" : $"{missing.Length} indicators have";

    private static string Names(ImmutableArray<string> missing) =>
        missing.Length <= MostNames
            ? Join([.. missing])
            : $"{string.Join(", ", missing.Take(MostNames))} and {missing.Length - MostNames} more";

    private static string? Nearest(ScoreFacts facts)
    {
        if (facts.Nearest is not { } move)
            return null;
        var unit = move.Unit.Length > 0 ? $" {move.Unit}" : "";
        return $"The nearest single change to level {move.Level} is {move.Name} from {PlainFigure.Of(move.From)} to about "
            + $"{PlainFigure.Of(move.To)}{unit}";
    }

    private static string Show(double score, ScoreFacts facts) =>
        facts.IsProbability ? Percent(score) : score.ToString("0", CultureInfo.InvariantCulture);

    private static string Signed(double amount, ScoreFacts facts)
    {
        var text = facts.IsProbability ? $"{Round(Math.Abs(100 * amount))} points" : Round(Math.Abs(amount));
        return (amount < 0 ? "−" : "+") + text;
    }

    private static string Percent(double share) => $"{Round(100 * share)} %";

    private static string Round(double value) =>
        value.ToString(Math.Abs(value) is > 0 and < 1 ? "G2" : "0.#", CultureInfo.InvariantCulture);

    private static string Join(string[] parts) =>
        parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
