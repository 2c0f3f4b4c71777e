namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads a threshold.</summary>
internal static class ThresholdReader
{
    private static readonly string[] s_conditions = ["above", "below", "rise", "level"];

    /// <summary>Reads a threshold; without a framework of its own it watches the file's.</summary>
    public static V1.Threshold Read(YamlMap map, string field, string? framework)
    {
        var threshold = new V1.Threshold
        {
            Name = ResourceForm.Thresholds + map.Required("id", $"{field}.name"),
            DisplayName = map.Required("name", $"{field}.display_name"),
            Framework = map.Text("framework", $"{field}.framework") is { } id ? ResourceForm.Frameworks + id : framework ?? "",
            Target = map.Text("target", $"{field}.target") ?? "",
            Window = map.Duration("window", $"{field}.window"),
            For = map.Duration("for", $"{field}.for"),
            Disabled = map.Flag("disabled", $"{field}.disabled"),
            Severity = ReadSeverity(map, field),
        };
        threshold.Countries.AddRange(map.Texts("countries", $"{field}.countries"));
        if (map.Number("minimum-coverage", $"{field}.minimum_coverage") is { } coverage)
        {
            threshold.MinimumCoverage = coverage;
        }

        if (map.Number("minimum-probability", $"{field}.minimum_probability") is { } probability)
        {
            threshold.MinimumProbability = probability;
        }

        if (map.Whole("minimum-sources", $"{field}.minimum_sources") is { } sources)
        {
            threshold.MinimumSources = sources;
        }

        if (map.Number("clear", $"{field}.clearing_value") is { } clearing)
        {
            threshold.ClearingValue = clearing;
        }

        // For people who read the file: why the threshold stands where it stands. The contract has no field for it.
        map.Text("reason");
        ReadCondition(map, field, threshold);
        map.Done();
        return threshold;
    }

    private static V1.Severity ReadSeverity(YamlMap map, string field)
    {
        switch (map.Required("severity", $"{field}.severity"))
        {
            case "advisory":
                return V1.Severity.Advisory;
            case "warning":
                return V1.Severity.Warning;
            case "emergency":
                return V1.Severity.Emergency;
            case { Length: > 0 } other:
                map.Fault("severity", $"'{other}' is no severity. Write advisory, warning or emergency.");
                break;
        }

        return V1.Severity.Unspecified;
    }

    private static void ReadCondition(YamlMap map, string field, V1.Threshold threshold)
    {
        string[] conditions = [.. s_conditions.Where(map.Has)];
        if (conditions is not [var key])
        {
            map.Fault("", "Give one of above, below, rise and level.");
            return;
        }

        threshold.Condition = key switch
        {
            "above" => V1.Condition.Above,
            "below" => V1.Condition.Below,
            "rise" => V1.Condition.Rise,
            _ => V1.Condition.Level,
        };
        if (key == "level")
        {
            threshold.Level = map.Required(key, $"{field}.level");
        }
        else
        {
            threshold.Value = map.RequiredNumber(key, $"{field}.value");
        }
    }
}
