using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Thresholds;

/// <summary>What a threshold must keep to, under the framework that it watches.</summary>
/// <param name="threshold">The threshold.</param>
/// <param name="frameworks">Gives the active version of a framework by its id.</param>
/// <param name="isRetired">Says whether a framework was retired, by its name.</param>
/// <param name="indicators">Gives an indicator by its code.</param>
/// <param name="countries">The countries that the suite knows.</param>
/// <param name="faults">Where what is wrong is added.</param>
public sealed partial class ThresholdRules(
    V1.Threshold threshold,
    Func<string, ActiveFramework?> frameworks,
    Func<string, bool> isRetired,
    Func<string, V1.Indicator?> indicators,
    Countries countries,
    List<CatalogueFault> faults
)
{
    private const long LongestSeconds = 400L * 86_400;

    /// <summary>Adds everything that is wrong.</summary>
    public void Check()
    {
        if (!ResourceForm.IsThresholdId(ResourceForm.IdOf(threshold.Name, ResourceForm.Thresholds)))
        {
            Add(
                "name",
                $"'{threshold.Name}' names no threshold. Write thresholds/ and then 1 to 60 of a-z, 0-9 and hyphen, a letter first."
            );
        }

        if (threshold.DisplayName.Length is 0 or > 200)
        {
            Add("display_name", "The display name must have 1 to 200 characters.");
        }

        if (!System.Enum.IsDefined(threshold.Severity) || threshold.Severity == V1.Severity.Unspecified)
        {
            Add("severity", "Say how severe a breach is: SEVERITY_ADVISORY, SEVERITY_WARNING or SEVERITY_EMERGENCY.");
        }

        CheckMinimums();
        if (threshold.For is { } holding && !(IsProper(holding) && holding.Seconds is >= 0 and <= LongestSeconds && holding.Nanos >= 0))
        {
            Add("for", "The time for which it must hold must be 0 to 400 days.");
        }

        CheckCountries();
        var id = ResourceForm.IdOf(threshold.Framework, ResourceForm.Frameworks);
        if (id is null || frameworks(id) is not { } framework)
        {
            Add(
                "framework",
                isRetired(threshold.Framework)
                    ? $"'{threshold.Framework}' was retired, and is not scored any more. List frameworks to see those that are."
                    : $"There is no framework '{threshold.Framework}'. Write frameworks/ and the id of one; list frameworks to see them."
            );
            return;
        }

        CheckAgainst(framework);
    }

    /// <summary>Adds what is wrong with target, level and value under a framework.</summary>
    public void CheckAgainst(ActiveFramework framework)
    {
        CheckData(framework);
        if (threshold.Condition == V1.Condition.Level)
        {
            CheckLevel(framework);
            return;
        }

        if (!TryGetScale(framework, out var low, out var high))
        {
            Add(
                "target",
                $"'{threshold.Target}' is neither a node nor an indicator of {threshold.Framework}. Leave it empty for the framework's "
                    + $"score."
            );
            return;
        }

        if (threshold.Level.Length > 0)
        {
            Add("level", "A level is for CONDITION_LEVEL alone. Leave it out, or change the condition.");
        }

        switch (threshold.Condition)
        {
            case V1.Condition.Above or V1.Condition.Below:
                CheckValue(low, high);
                break;
            case V1.Condition.Rise:
                CheckRise(high - low);
                break;
            default:
                Add("condition", "Say what is watched for: CONDITION_ABOVE, CONDITION_BELOW, CONDITION_RISE or CONDITION_LEVEL.");
                break;
        }
    }

    // An indicator that only divides others can be watched too: by its own values, like any other.
    private bool TryGetScale(ActiveFramework framework, out double low, out double high)
    {
        var node = framework.Compiled.Root;
        if (threshold.Target.Length == 0 || framework.Compiled.TryGetNode(threshold.Target, out node))
        {
            (low, high) = framework.Compiled.NodeRange(node);
            return true;
        }

        var indicator = indicators(threshold.Target);
        low = indicator is { HasMinimum: true } ? indicator.Minimum : double.NegativeInfinity;
        high = indicator is { HasMaximum: true } ? indicator.Maximum : double.PositiveInfinity;
        return framework.Compiled.TryGetLeaf(threshold.Target, out _);
    }

    private void CheckValue(double low, double high)
    {
        NotForOthers();
        if (!HasValue("at which it fires"))
        {
            return;
        }

        var above = threshold.Condition == V1.Condition.Above;
        if (!double.IsFinite(threshold.Value) || threshold.Value < low || threshold.Value > high)
        {
            Add("value", $"{threshold.Value:R} is not on the target's scale, from {low:R} to {high:R}.");
        }
        else if (threshold.Value == (above ? low : high))
        {
            Add(
                "value",
                $"Every value is at or {(above ? "above" : "below")} {threshold.Value:R}, so it would always fire. Give a value inside "
                    + $"the scale."
            );
        }

        if (threshold.HasClearingValue)
        {
            if (!double.IsFinite(threshold.ClearingValue) || threshold.ClearingValue < low || threshold.ClearingValue > high)
            {
                Add("clearing_value", $"{threshold.ClearingValue:R} is not on the target's scale, from {low:R} to {high:R}.");
            }
            else if (above ? threshold.ClearingValue > threshold.Value : threshold.ClearingValue < threshold.Value)
            {
                Add(
                    "clearing_value",
                    $"A breach {(above ? "above" : "below")} {threshold.Value:R} must clear at or {(above ? "below" : "above")} it, not "
                        + $"at {threshold.ClearingValue:R}."
                );
            }
        }
    }

    private void CheckRise(double span)
    {
        if (HasValue("of the rise") && !(threshold.Value > 0 && threshold.Value <= span && double.IsFinite(threshold.Value)))
        {
            Add(
                "value",
                $"A rise must be above 0{(double.IsFinite(span) ? $" and at most {span:R}, the whole scale" : "")}; "
                    + $"{threshold.Value:R} is not."
            );
        }

        if (threshold.HasClearingValue)
        {
            Add("clearing_value", "A rise clears by itself when the window has passed. Leave it out.");
        }

        if (threshold.Window is not { } window || !IsProper(window) || window.Seconds is < 1 or > LongestSeconds || window.Nanos < 0)
        {
            Add("window", "A rise needs a window of a second to 400 days in which it is measured.");
        }
    }

    private void CheckLevel(ActiveFramework framework)
    {
        NotForOthers();
        if (threshold.HasClearingValue || threshold.HasValue)
        {
            Add(threshold.HasClearingValue ? "clearing_value" : "value", "A level has its bounds in the framework. Leave it out.");
        }

        if (threshold.Target.Length > 0)
        {
            Add("target", "A level is that of the framework's score. Leave the target empty.");
        }

        var bands = framework.Compiled.Model.Bands;
        var at = -1;
        for (var i = 0; i < bands.Length; i++)
        {
            at = bands[i].Name == threshold.Level ? i : at;
        }

        if (at < 0)
        {
            Add(
                "level",
                $"{threshold.Framework} has no level '{threshold.Level}'. It has {string.Join(", ", bands.Select(band => band.Name))}."
            );
        }
        else if (at == 0)
        {
            Add("level", $"Every score is in '{threshold.Level}' or above, so it would always fire. Give a higher level.");
        }
    }

    private bool HasValue(string meaning)
    {
        if (!threshold.HasValue)
        {
            faults.Add(
                new(V1.ErrorReason.FieldMissing, "threshold.value", $"There is no value. Give the one {meaning}; where 0 is meant, say 0.")
            );
        }

        return threshold.HasValue;
    }

    private void NotForOthers()
    {
        if (threshold.Window is not null)
        {
            Add("window", "A window is for CONDITION_RISE alone. Leave it out, or change the condition.");
        }
    }

    private static bool IsProper(Duration duration) => duration.Nanos is > -1_000_000_000 and < 1_000_000_000;

    private void Add(string field, string message) => faults.Add(new(V1.ErrorReason.InvalidField, $"threshold.{field}", message));
}
