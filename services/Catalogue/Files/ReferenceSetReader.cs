namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads the reference set of a composite framework from a table beside the file.</summary>
internal sealed class ReferenceSetReader(FileFolder folder)
{
    /// <summary>Reads the set: of the table's columns, those of the tree's indicators and of what they are divided by.</summary>
    public V1.ReferenceSet? Read(YamlMap map, string field, V1.Node? root)
    {
        var file = map.Required("file");
        var layout = new ReferenceTable.Layout(
            map.Required("unit-column"),
            map.Text("year-column"),
            map.Texts("groups"),
            root is null ? [] : [.. IndicatorsOf(root).Distinct(StringComparer.Ordinal)]
        );
        var description = map.Text("description", $"{field}.description") ?? "";
        map.Done();
        using var text = file.Length > 0 ? folder.Open(file) : null;
        if (text is null)
        {
            map.Fault("file", $"There is no file '{file}' in the folder of this one.");
            return null;
        }

        try
        {
            var set = ReferenceTable.Read(text, layout);
            set.Description = description;
            return set;
        }
        catch (FormatException exception)
        {
            map.Fault("file", $"{file}: {exception.Message}");
            return null;
        }
    }

    private static IEnumerable<string> IndicatorsOf(V1.Node node) =>
        node.Leaf is not { } leaf ? node.Children.SelectMany(IndicatorsOf)
        : leaf.Denominator is { } denominator ? [leaf.Indicator, denominator.Indicator]
        : [leaf.Indicator];
}
