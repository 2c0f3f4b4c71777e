namespace EarlyWarning.Indicators.Files;

/// <summary>Reads the tree of a composite framework; a child may stand in a file of its own.</summary>
internal sealed class TreeReader(FileReading reading, IndicatorReader indicators, Func<string, Place, YamlMap?> include)
{
    // As deep as the engine goes; also ends files that include each other.
    private const int DeepestLevel = 32;

    private static readonly string[] s_treatments = ["reweight-from", "stated-value", "require-all"];

    /// <summary>Reads a node or a leaf.</summary>
    public V1.Node Read(YamlMap map, string field, int level)
    {
        reading.Places.Add(field, map.Place);
        var node = new V1.Node();
        if (level > DeepestLevel)
        {
            map.Fault("", $"The tree is deeper than {DeepestLevel} levels, or files include each other.");
            return node;
        }

        if (map.Text("include") is { } name)
        {
            var place = map.Place;
            map.Done();
            return include(name, place) is { } included ? Read(included, field, level + 1) : node;
        }

        if (map.Number("weight", $"{field}.weight") is { } weight)
        {
            node.Weight = weight;
        }

        if (map.Has("indicator"))
        {
            node.Leaf = ReadLeaf(map, field);
            node.Code = node.Leaf.Indicator;
        }
        else
        {
            node.Code = map.Required("code", $"{field}.code");
            node.DisplayName = map.Text("name", $"{field}.display_name") ?? "";
            node.Aggregation = map.Text("aggregation", $"{field}.aggregation") switch
            {
                null or "arithmetic" => V1.Aggregation.Arithmetic,
                "geometric" => V1.Aggregation.Geometric,
                var other => Wrong(map, "aggregation", $"'{other}' is no aggregation. Write arithmetic or geometric.", V1.Aggregation.Unspecified),
            };
            node.MissingData = ReadMissing(map, field);
            node.Children.AddRange(map.Maps("children", $"{field}.children").Select((child, i) => Read(child, $"{field}.children[{i}]", level + 1)));
        }

        map.Done();
        return node;
    }

    private V1.Leaf ReadLeaf(YamlMap map, string field) => new()
    {
        Indicator = indicators.Read(map, "indicator"),
        Direction = map.Required("direction", $"{field}.leaf.direction") switch
        {
            "increasing" => V1.Direction.Increasing,
            "decreasing" => V1.Direction.Decreasing,
            "" => V1.Direction.Unspecified,
            var other => Wrong(map, "direction", $"'{other}' is no direction. Write increasing (more is more risk) or decreasing.", V1.Direction.Unspecified),
        },
        Low = map.RequiredNumber("low", $"{field}.leaf.low"),
        High = map.RequiredNumber("high", $"{field}.leaf.high"),
        Reason = map.Text("reason", $"{field}.leaf.reason") ?? "",
        Validity = map.Duration("validity", $"{field}.leaf.validity"),
    };

    private static V1.MissingDataPolicy ReadMissing(YamlMap map, string field)
    {
        var path = $"{field}.missing_data";
        var policy = new V1.MissingDataPolicy { Treatment = V1.MissingDataTreatment.Reweight };
        if (map.Map("missing", path) is not { } missing)
        {
            return policy;
        }

        if (missing.Number("reweight-from", $"{path}.minimum_coverage") is { } coverage)
        {
            policy.MinimumCoverage = coverage;
        }

        if (missing.Number("stated-value", $"{path}.stated_value") is { } value)
        {
            policy.Treatment = V1.MissingDataTreatment.StatedValue;
            policy.StatedValue = value;
        }

        if (missing.Flag("require-all"))
        {
            policy.Treatment = V1.MissingDataTreatment.RequireAll;
        }

        if (s_treatments.Count(missing.Has) > 1)
        {
            missing.Fault("", "Choose one of reweight-from, stated-value and require-all.");
        }

        missing.Done();
        return policy;
    }

    private static T Wrong<T>(YamlMap map, string key, string message, T result)
    {
        map.Fault(key, message);
        return result;
    }
}
