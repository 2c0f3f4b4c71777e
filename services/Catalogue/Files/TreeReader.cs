namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads the tree of a composite framework; a child may stand in a file of its own.</summary>
internal sealed class TreeReader(FileReading reading, IndicatorReader indicators, Func<string, Place, YamlMap?> include)
{
    // As deep as the engine goes; also ends files that include each other.
    private const int DeepestLevel = 32;

    private readonly LeafReader _leaves = new(indicators);

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

        if (map.Method("weight", $"{field}.weight", "value") is { } weight)
        {
            node.Weight = weight.RequiredNumber("value");
            node.WeightReason = weight.Text("reason", $"{field}.weight_reason") ?? "";
            weight.Done();
        }

        if (map.Has("indicator"))
        {
            node.Leaf = _leaves.Read(map, $"{field}.leaf");
            node.Code = node.Leaf.Indicator;
        }
        else
        {
            node.Code = map.Required("code", $"{field}.code");
            node.DisplayName = map.Text("name", $"{field}.display_name") ?? "";
            NodeReader.Read(map, field, node);
            node.Children.AddRange(
                map.Maps("children", $"{field}.children").Select((child, i) => Read(child, $"{field}.children[{i}]", level + 1))
            );
        }

        map.Done();
        return node;
    }
}
