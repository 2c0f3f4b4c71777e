using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// Reads a framework file: indicators, a framework and thresholds in YAML. Finds every fault, each with file, line and path.
/// </summary>
public sealed class FrameworkFileReader
{
    private readonly FileFolder _folder;
    private readonly YamlReading _reading;
    private readonly IndicatorForms _indicators = new();
    private readonly MessageForms _forms;

    private FrameworkFileReader(FileFolder folder, string name)
    {
        (_folder, _reading) = (folder, new(folder.Shown(name)));
        _forms = FrameworkForms.Of(_indicators, folder, Load);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FaultyFileException">It has faults.</exception>
    public static FrameworkFile Read(FileFolder folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var reader = new FrameworkFileReader(folder, name);
        var file = reader.ReadFile(name);
        reader._reading.ThrowIfAny();
        return file;
    }

    private FrameworkFile ReadFile(string name)
    {
        V1.Framework? framework = null;
        List<V1.Threshold> thresholds = [];
        if (Load(name, Place.Whole(_folder.Shown(name))) is { } top)
        {
            _indicators.ReadKindsOfError(top, _forms);
            foreach (var map in top.Maps("indicators"))
            {
                _indicators.Read(map, "code", _forms);
                map.Done();
            }

            framework = top.Get("framework") is { } given ? _forms.Read<V1.Framework>(given, "framework") : null;
            thresholds.AddRange(_forms.ReadList<V1.Threshold>(top, "thresholds", "thresholds"));
            foreach (var threshold in thresholds.Where(threshold => threshold.Framework.Length == 0))
            {
                threshold.Framework = framework?.Name ?? "";
            }

            top.Done();
        }

        return new(_folder.Shown(name), _indicators.Defined, framework, thresholds, _reading.Places);
    }

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
