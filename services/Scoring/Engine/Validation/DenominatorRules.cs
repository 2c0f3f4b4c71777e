using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>
/// What denominators must keep to between each other. One may stand in the tree as well, and divide several indicators; but an indicator
/// has one validity wherever it is read.
/// </summary>
internal sealed class DenominatorRules(IReadOnlyList<(Leaf Leaf, string Path)> leaves, IReadOnlySet<string> nodes, ErrorList errors)
{
    public void Check()
    {
        var validities = new Dictionary<string, (TimeSpan? Validity, string Path)>(StringComparer.Ordinal);
        foreach (var (leaf, path) in leaves)
            if (!string.IsNullOrWhiteSpace(leaf.Code))
                validities.TryAdd(leaf.Code, (leaf.Validity, path));
        foreach (var (leaf, path) in leaves)
        {
            if (leaf.Denominator is not { } denominator || string.IsNullOrWhiteSpace(denominator.Indicator))
                continue;
            var at = $"{path}.denominator";
            if (denominator.Indicator == leaf.Code)
                errors.Add(
                    $"{at}.indicator",
                    $"\"{leaf.Code}\" is divided by itself, which is a cycle.",
                    "Name the indicator that it is to be divided by, or leave the denominator out."
                );
            else if (nodes.Contains(denominator.Indicator))
                errors.Add(
                    $"{at}.indicator",
                    $"\"{denominator.Indicator}\" is a node.",
                    "Name an indicator that has observations of its own."
                );
            else if (
                !validities.TryAdd(denominator.Indicator, (denominator.Validity, at))
                && validities[denominator.Indicator] is var known
                && known.Validity != denominator.Validity
            )
                errors.Add(
                    $"{at}.validity",
                    $"\"{denominator.Indicator}\" counts for {Show(denominator.Validity)} here and for {Show(known.Validity)} at "
                        + $"{known.Path}.",
                    "Give the indicator the same validity wherever it is read."
                );
        }
    }

    private static string Show(TimeSpan? validity) => validity is { } time ? time.ToString() : "ever";
}
