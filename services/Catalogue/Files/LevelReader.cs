namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads the levels of scores, and how a country's follows from several nodes.</summary>
internal static class LevelReader
{
    /// <summary>Reads the rule; <see langword="null"/> where the index alone decides.</summary>
    public static V1.LevelRule? Read(YamlMap map, string field)
    {
        if (map.Map("level", field) is not { } given)
        {
            return null;
        }

        var rule = new V1.LevelRule();
        foreach (var node in given.Maps("highest-of", $"{field}.highest_of"))
        {
            rule.HighestOf.Add(ReadNode(node, $"{field}.highest_of[{rule.HighestOf.Count}]"));
        }

        given.Done();
        return rule;
    }

    /// <summary>Reads the bands of a score.</summary>
    public static List<V1.Band> ReadBands(YamlMap map, string field)
    {
        List<V1.Band> bands = [];
        foreach (var band in map.Maps("bands", field))
        {
            var at = $"{field}[{bands.Count}]";
            bands.Add(
                new() { Level = band.Required("level", $"{at}.level"), LowerBound = band.RequiredNumber("from", $"{at}.lower_bound") }
            );
            band.Done();
        }

        return bands;
    }

    private static V1.LevelNode ReadNode(YamlMap map, string field)
    {
        var node = new V1.LevelNode { Node = map.Required("node", $"{field}.node") };
        if (map.Number("minimum-coverage", $"{field}.minimum_coverage") is { } coverage)
        {
            node.MinimumCoverage = coverage;
        }

        node.Bands.AddRange(ReadBands(map, $"{field}.bands"));

        // For people who read the file: why the node stands beside the index. The contract has no field for it.
        map.Text("reason");
        map.Done();
        return node;
    }
}
