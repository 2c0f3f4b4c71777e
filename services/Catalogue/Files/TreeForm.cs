using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;
using Google.Protobuf;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// How the tree of a composite framework is written: a child may stand in a file of its own, and a leaf, which an <c>indicator</c> makes
/// one, has the keys of its node, its own and those that define the indicator in one mapping.
/// </summary>
internal sealed class TreeForm(MessageForms forms, IndicatorForms indicators, Func<string, Place, YamlMap?> include)
{
    // As deep as the engine goes; also ends files that include each other.
    private const int DeepestLevel = 32;

    private int _including;

    public void Shape(MessageForm form) => form.Without("leaf").Instead(ReadOther).Then<V1.Node>(CheckAggregation);

    private IMessage? ReadOther(YamlMap map, string field)
    {
        if (1 + field.Count(c => c == '[') + _including > DeepestLevel)
        {
            map.Fault("", $"The tree is deeper than {DeepestLevel} levels, or files include each other.");
            return new V1.Node();
        }

        return map.Has("include") ? ReadIncluded(map, field)
            : map.Has("indicator") ? ReadLeaf(map, field)
            : null;
    }

    private V1.Node ReadIncluded(YamlMap map, string field)
    {
        var name = map.Required("include");
        map.Done();
        _including++;
        var node = include(name, map.Place) is { } top ? forms.Read<V1.Node>(top, field) : new();
        _including--;
        return node;
    }

    private V1.Node ReadLeaf(YamlMap map, string field)
    {
        V1.Leaf leaf = new();
        indicators.Read(map, "indicator", forms);
        map.Reading.Places.Add($"{field}.leaf", map.Place);
        forms.ReadInto(map, $"{field}.leaf", leaf);
        V1.Node node = new() { Code = leaf.Indicator, Leaf = leaf };
        if (map.Get("weight") is { } weight)
        {
            map.Reading.Places.Add($"{field}.weight", weight.Place);
            node.Weight = weight.Number() ?? 0;
        }

        if (map.Get("weight-reason") is { } reason)
        {
            map.Reading.Places.Add($"{field}.weight_reason", reason.Place);
            node.WeightReason = reason.Text() ?? "";
        }

        // Other methods do not look at goalposts.
        if (leaf.Normalisation is null or { MethodCase: V1.Normalisation.MethodOneofCase.Goalposts })
        {
            map.Need("low");
            map.Need("high");
        }

        map.Done();
        return node;
    }

    private static void CheckAggregation(YamlMap map, V1.Node node, string field)
    {
        if (node.Aggregation == V1.Aggregation.Unspecified)
        {
            node.Aggregation = V1.Aggregation.Arithmetic;
        }

        if (node.Aggregation == V1.Aggregation.Generalised && !map.Has("exponent"))
        {
            map.Fault("aggregation", "'exponent' is missing, which a generalised mean takes: give it beside.");
        }
    }
}
