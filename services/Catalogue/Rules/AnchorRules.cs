namespace EarlyWarning.Catalogue.Rules;

/// <summary>What the anchors of a judged scale must keep to, and which values they let in.</summary>
public static class AnchorRules
{
    private const int MostAnchors = 20;
    private const int LongestMeaning = 1_000;

    /// <summary>Whether an indicator takes a value of its range: any where it has no anchors, else theirs alone.</summary>
    public static bool Take(V1.Indicator indicator, double value)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        var anchors = indicator.Anchors;
        for (var i = 0; i < anchors.Count; i++)
        {
            if (anchors[i].Value == value)
            {
                return true;
            }
        }

        return anchors.Count == 0;
    }

    /// <summary>Words what is wrong with a value that is no anchor: the nearest ones, and what they mean.</summary>
    public static string Refusal(V1.Indicator indicator, double value)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        var nearest = indicator
            .Anchors.OrderBy(anchor => Math.Abs(anchor.Value - value))
            .Take(2)
            .OrderBy(anchor => anchor.Value)
            .Select(anchor => $"{anchor.Value:R} ({anchor.Meaning})");
        return $"{value:R} is no value of '{indicator.Code}', which is judged in steps. The nearest are {string.Join(" and ", nearest)}.";
    }

    /// <summary>Adds what is wrong with an indicator's anchors, by field and message.</summary>
    internal static void Check(V1.Indicator indicator, Action<string, string> add)
    {
        var anchors = indicator.Anchors;
        if (anchors.Count is 1 or > MostAnchors)
        {
            add("anchors", $"A scale of anchors has 2 to {MostAnchors}; there {(anchors.Count == 1 ? "is 1" : $"are {anchors.Count}")}.");
        }

        for (var i = 0; i < anchors.Count; i++)
        {
            if (anchors[i].Meaning.Length is 0 or > LongestMeaning)
            {
                add($"anchors[{i}].meaning", $"Say in 1 to {LongestMeaning} characters what the value means.");
            }

            var value = anchors[i].Value;
            if (
                !anchors[i].HasValue
                || !double.IsFinite(value)
                || (indicator.HasMinimum && value < indicator.Minimum)
                || (indicator.HasMaximum && value > indicator.Maximum)
            )
            {
                add($"anchors[{i}].value", $"Give a value within the indicator's range; {value:R} is none.");
            }
            else if (i > 0 && value <= anchors[i - 1].Value)
            {
                add($"anchors[{i}].value", $"{value:R} is not above the value before it. Give anchors by rising value, each once.");
            }
        }
    }
}
