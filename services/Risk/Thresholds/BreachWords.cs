using System.Globalization;
using System.Text;
using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Explaining;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Says in plain words what a breach is: which figure of which country passed which line, what moved it, how sure that is. Whoever reads it
/// may have been woken by it, so the figure comes first, and nothing reads as if a crime had been found.
/// </summary>
internal static class BreachWords
{
    private const int MostMovements = 3;

    /// <summary>Says that a threshold fires.</summary>
    /// <param name="breach">What fires.</param>
    /// <param name="of">What its values are of.</param>
    /// <param name="earlier">The value before what made it fire; none where there was none.</param>
    public static string Fired(V1.Breach breach, Quantity of, double? earlier)
    {
        var text = new StringBuilder($"{Start(breach)}: {of.Name}: ");
        text.Append(of.Beside(breach.TargetValue, breach.Threshold.Value));
        if (breach.Threshold.Condition == V1.Condition.Level)
        {
            text.Append(breach.Level.Length > 0 ? $", level {breach.Level}" : $", level {breach.LevelAtLeast} or higher");
        }

        text.Append(earlier is { } was && was != breach.TargetValue ? $", after {of.Bare(was)} before" : "")
            .Append(" (")
            .Append(ConditionOf(breach.Threshold, of))
            .Append(").")
            .Append(of.Caution);
        AppendMovements(text, breach, of, hadNone: earlier is null);
        AppendBasis(text, breach, of);
        return text.ToString();
    }

    /// <summary>Says that the condition no longer holds: what the figure is now, and nothing of the firing but the figure then.</summary>
    public static string Resolved(V1.Breach breach, Quantity of, double? now)
    {
        var line = breach.Threshold.HasClearingValue ? breach.Threshold.ClearingValue : breach.Threshold.Value;
        var figure = now is { } value ? of.Beside(value, line) : "no value";
        return $"{Start(breach)}: {of.Name}: {figure}, after {of.Bare(breach.TargetValue)} when it fired. "
            + $"“{breach.Threshold.DisplayName}” no longer "
            + $"holds{Cleared(breach.Threshold, of)}.{(of.Scale == Scale.Indicator ? "" : " A risk score, not an all-clear.")}";
    }

    /// <summary>Says that a breach ended because its threshold did.</summary>
    /// <param name="breach">What ended.</param>
    /// <param name="of">What its values are of.</param>
    /// <param name="now">The value now; none where there is none.</param>
    /// <param name="retired">What became of the threshold's and the framework's names in the catalogue.</param>
    public static string Superseded(V1.Breach breach, Quantity of, double? now, IReadOnlyDictionary<string, Retirement> retired) =>
        $"{Start(breach)}: “{breach.Threshold.DisplayName}” is watched no longer{Why(breach.Threshold, retired)}. "
        + $"The danger did not pass by that: {of.Name}: {of.Of(now)}, after {of.Bare(breach.TargetValue)} when it fired.";

    /// <summary>Says of a breach that was over before anybody was told, because its observations came late, what it was.</summary>
    public static string Late(V1.Breach ended)
    {
        var start = $"{Start(ended)}: ";
        var fired = ended.FireSentence.StartsWith(start, StringComparison.Ordinal)
            ? ended.FireSentence[start.Length..]
            : ended.FireSentence;
        return $"{start}“{ended.Threshold.DisplayName}” was past the line from {Moment(ended.FireTime)} to {Moment(ended.EndTime)}, "
            + $"received late. It is past it no longer. What it was then: {fired}";
    }

    /// <summary>A movement in words: what went from where to where, and what that did.</summary>
    public static string Moved(V1.Movement movement, Quantity of)
    {
        var unit = movement.Unit.Length > 0 ? $" {movement.Unit}" : "";
        var move = (movement.HasValueBefore, movement.HasValueAfter) switch
        {
            (true, true) when movement.ValueBefore == movement.ValueAfter => $"{NumberText.Of(movement.ValueAfter)}{unit} as before",
            (true, true) => $"from {NumberText.Of(movement.ValueBefore)} to {NumberText.Of(movement.ValueAfter)}{unit}",
            (false, true) => $"{NumberText.Of(movement.ValueAfter)}{unit}, not known before",
            _ => $"no longer valid, last {NumberText.Of(movement.ValueBefore)}{unit}",
        };
        return of.Scale == Scale.Indicator || !movement.HasAmount
            ? $"{movement.DisplayName} {move}"
            : $"{movement.DisplayName} {move} ({of.Change(movement.Amount)})";
    }

    private static string Why(V1.Threshold threshold, IReadOnlyDictionary<string, Retirement> retired) =>
        !retired.TryGetValue(threshold.Name, out var end) ? " as it was, because the threshold was changed or disabled"
        : retired.TryGetValue(threshold.Framework, out var framework) && framework.Revision == end.Revision
            ? ", because the threshold was retired with its framework"
        : ", because the threshold was retired";

    private static string Start(V1.Breach breach) => $"{(breach.Exercise ? "EXERCISE. " : "")}{breach.CountryName}";

    private static string Moment(Timestamp time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.ToDateTimeOffset():d MMMM yyyy HH:mm} UTC");

    private static string ConditionOf(V1.Threshold threshold, Quantity of)
    {
        var condition = threshold.Condition switch
        {
            V1.Condition.Above => $"threshold {of.Line(threshold.Value)}",
            V1.Condition.Below => $"threshold {of.Line(threshold.Value)} or less",
            V1.Condition.Rise => $"a rise of {of.Line(threshold.Value)} or more within {NumberText.Span(threshold.Window)}",
            _ => $"the threshold asks for {threshold.Level} or higher",
        };
        condition += threshold.HasMinimumSources ? $", by {threshold.MinimumSources} sources or more" : "";
        return threshold.For is { } span && span.ToTimeSpan() > TimeSpan.Zero
            ? $"{condition}, for at least {NumberText.Span(span)}"
            : condition;
    }

    private static string Cleared(V1.Threshold threshold, Quantity of) =>
        threshold.Condition switch
        {
            V1.Condition.Above => $": it clears under {of.Line(threshold.HasClearingValue ? threshold.ClearingValue : threshold.Value)}",
            V1.Condition.Below => $": it clears over {of.Line(threshold.HasClearingValue ? threshold.ClearingValue : threshold.Value)}",
            _ => "",
        };

    private static void AppendMovements(StringBuilder text, V1.Breach breach, Quantity of, bool hadNone)
    {
        if (breach.Movements.Count == 0)
        {
            return;
        }

        text.Append(hadNone ? " It had no score before; what it comes from: " : " What moved it most: ")
            .AppendJoin("; ", breach.Movements.Take(MostMovements).Select(movement => Moved(movement, of)))
            .Append('.');
    }

    private static void AppendBasis(StringBuilder text, V1.Breach breach, Quantity of)
    {
        if (breach.Interval is { } interval)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" Range of this figure: {of.Bare(interval.Lower)} to {of.Of(interval.Upper)} ({NumberText.Percent(interval.Probability)})."
            );
        }
        else if (breach.HasUnknownErrorShare && breach.UnknownErrorShare > 0.5)
        {
            text.Append(" No range: how far off its values may be is not stated.");
        }

        if (breach.HasProbability)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" It is past the threshold with a probability of {NumberText.Percent(breach.Probability)}."
            );
        }

        if (of.Scale == Scale.Indicator)
        {
            return;
        }

        text.Append(
            breach.Observations == 1 ? " It rests on one observation."
            : breach.Sources == 1 ? " It rests on one source."
            : ""
        );
        if (breach.HasCoverage)
        {
            text.Append(CultureInfo.InvariantCulture, $" {NumberText.Percent(breach.Coverage)} of its weight has valid data.");
        }
    }
}
