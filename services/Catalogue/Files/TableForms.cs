using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads what stands in tables beside a framework file: a reference set, and coefficients of a logistic model.</summary>
internal sealed class TableForms(IndicatorForms indicators, FileFolder folder)
{
    /// <summary>Reads the reference set: of its table's columns, those of the tree's indicators and of what they are divided by.</summary>
    public void ReadSet(YamlMap map, V1.CompositeModel composite, string field)
    {
        if (map.Get("reference-set") is not { } given || given.Map() is not { } set)
        {
            return;
        }

        map.Reading.Places.Add($"{field}.reference_set", given.Place);
        var layout = new ReferenceTable.Layout(
            set.Required("unit-column"),
            set.Text("year-column"),
            set.Texts("groups"),
            composite.Root is { } root ? [.. IndicatorsOf(root).Distinct(StringComparer.Ordinal)] : []
        );
        var description = set.Text("description") ?? "";
        var read = Table(set, text => ReferenceTable.Read(text, layout));
        set.Done();
        if (read is not null)
        {
            read.Description = description;
            composite.ReferenceSet = read;
        }
    }

    /// <summary>Reads a model's constant and terms from one column of a table, where it names one.</summary>
    public void ReadCoefficients(YamlMap map, V1.LogisticModel model, string field)
    {
        if (map.Map("coefficients-from") is not { } from)
        {
            map.Need("intercept");
            return;
        }

        if (map.Has("intercept"))
        {
            map.Fault("intercept", "The table has the intercept. Leave it out here.");
        }

        var column = from.Required("column");
        var validity = from.Get("validity")?.Span();
        var table = Table(from, text => LogisticCoefficients.Read(text, column));
        from.Done();
        model.Intercept = table?.Intercept ?? 0;
        foreach (var (variable, value) in table?.Terms ?? [])
        {
            indicators.Define(LogisticCoefficients.IndicatorOf(variable));
            V1.Coefficient term = new() { Indicator = variable, Value = value };
            if (validity is { } span)
            {
                term.Validity = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(span);
            }

            model.Coefficients.Add(term);
        }
    }

    private T? Table<T>(YamlMap map, Func<TextReader, T> read)
        where T : class
    {
        var file = map.Required("file");
        using var text = file.Length > 0 ? folder.Open(file) : null;
        if (text is null)
        {
            map.Fault("file", $"There is no file '{file}' in the folder of this one.");
            return null;
        }

        try
        {
            return read(text);
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
