using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Yaml.Contract;

/// <summary>How a threshold is written: its condition is the key of its value.</summary>
public static class ThresholdForm
{
    private static readonly Dictionary<string, V1.Condition> s_conditions = new()
    {
        ["above"] = V1.Condition.Above,
        ["below"] = V1.Condition.Below,
        ["rise"] = V1.Condition.Rise,
        ["level"] = V1.Condition.Level,
    };

    /// <summary>Says so of the form of a threshold.</summary>
    public static void Shape(MessageForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        form.Id("name", "id", "thresholds/")
            .Id("framework", "framework", "frameworks/")
            .Optional("framework")
            .Key("clearing_value", "clear")
            .Without("condition", "value", "level")
            .Note("reason")
            .Then<V1.Threshold>(ReadCondition);
    }

    private static void ReadCondition(YamlMap map, V1.Threshold threshold, string field)
    {
        string[] given = [.. s_conditions.Keys.Where(map.Keys.Contains)];
        map.Ignore([.. s_conditions.Keys]);
        if (given is not [var key])
        {
            map.Fault("", "Give one of above, below, rise and level.");
            return;
        }

        threshold.Condition = s_conditions[key];
        if (map.Get(key) is not { } value)
        {
            return;
        }

        map.Reading.Places.Add($"{field}.{(key == "level" ? key : "value")}", value.Place);
        if (key == "level")
        {
            threshold.Level = value.Text() ?? "";
        }
        else if (value.Number() is { } line)
        {
            threshold.Value = line;
        }
    }
}
