namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// Reads a framework file: indicators, a framework and thresholds in YAML. Finds every fault, each with file, line and path.
/// </summary>
public sealed class FrameworkFileReader
{
    private static readonly string[] s_models = ["tree", "logistic", "ensemble"];

    private readonly FileFolder _folder;
    private readonly FileReading _reading;
    private readonly IndicatorReader _indicators;

    private FrameworkFileReader(FileFolder folder, string name)
    {
        _folder = folder;
        _reading = new(folder.Shown(name));
        _indicators = new(_reading);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FrameworkFileException">It has faults.</exception>
    public static FrameworkFile Read(FileFolder folder, string name)
    {
        var reader = new FrameworkFileReader(folder, name);
        var file = reader.ReadFile(name);
        reader._reading.ThrowIfAny();
        return file;
    }

    private FrameworkFile ReadFile(string name)
    {
        V1.Framework? framework = null;
        List<V1.Threshold> thresholds = [];
        if (Load(name, new(_folder.Shown(name), 1, "")) is { } top)
        {
            if (top.Map("errors") is { } errors)
            {
                _indicators.ReadKindsOfError(errors);
            }

            foreach (var map in top.Maps("indicators"))
            {
                _indicators.Read(map, "code");
                map.Done();
            }

            if (top.Map("framework", "framework") is { } given)
            {
                framework = ReadFramework(given);
            }

            thresholds.AddRange(top.Maps("thresholds").Select((map, i) => ThresholdReader.Read(map, $"thresholds[{i}]", framework?.Name)));
            top.Done();
        }

        return new(_folder.Shown(name), [.. _reading.Indicators.Values], framework, thresholds, _reading.Places);
    }

    private V1.Framework ReadFramework(YamlMap map)
    {
        var framework = new V1.Framework
        {
            Name = ResourceForm.Frameworks + map.Required("id", "framework.name"),
            DisplayName = map.Required("name", "framework.display_name"),
            Description = map.Text("description", "framework.description") ?? "",
        };
        framework.Bands.AddRange(LevelReader.ReadBands(map, "framework.bands"));

        framework.Level = LevelReader.Read(map, "framework.level");
        string[] models = [.. s_models.Where(map.Has)];
        switch (models)
        {
            case ["tree"]:
                framework.Composite = ReadComposite(map, "framework.composite");
                break;
            case ["logistic"] when map.Map("logistic", "framework.logistic") is { } logistic:
                framework.Logistic = new LogisticReader(_indicators, _folder).Read(logistic, "framework.logistic");
                break;
            case ["ensemble"] when map.Map("ensemble", "framework.ensemble") is { } ensemble:
                framework.Ensemble = new LogisticReader(_indicators, _folder).ReadEnsemble(ensemble, "framework.ensemble");
                break;
            case not [_]:
                map.Fault("", "Give one of 'tree', 'logistic' and 'ensemble'.");
                break;
        }

        map.Done();
        return framework;
    }

    private V1.CompositeModel ReadComposite(YamlMap map, string field)
    {
        var composite = new V1.CompositeModel();
        if (map.Map("tree", $"{field}.root") is { } tree)
        {
            composite.Root = new TreeReader(_reading, _indicators, Include).Read(tree, $"{field}.root", 1);
        }

        if (map.Number("scale-floor", $"{field}.scale_floor") is { } floor)
        {
            composite.ScaleFloor = floor;
        }

        if (map.Map("screening", $"{field}.screening") is { } screening)
        {
            composite.Screening = new()
            {
                Available = screening.Number("available", $"{field}.screening.available") ?? 0,
                NonZero = screening.Number("non-zero", $"{field}.screening.non_zero") ?? 0,
            };
            screening.Done();
        }

        if (map.Map("reference-set", $"{field}.reference_set") is { } set)
        {
            composite.ReferenceSet = new ReferenceSetReader(_folder).Read(set, $"{field}.reference_set", composite.Root);
        }

        return composite;
    }

    private YamlMap? Include(string name, Place from) => Load(name, from);

    private YamlMap? Load(string name, Place from)
    {
        using var text = _folder.Open(name);
        if (text is null)
        {
            _reading.Add(from, $"There is no file '{name}'.");
            return null;
        }

        return _reading.Load(text, _folder.Shown(name));
    }
}
