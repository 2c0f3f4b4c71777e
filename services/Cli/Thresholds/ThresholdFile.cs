using System.Globalization;
using System.Text.Json.Nodes;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;
using EarlyWarning.Yaml.Contract;
using Google.Protobuf;

namespace EarlyWarning.Cli.Thresholds;

/// <summary>
/// Reads thresholds from a file in YAML or proto JSON: in the form of the framework files, or the fields of the contract as `ew thresholds
/// get --json` prints them, with spans such as 7d and short words for the enums.
/// </summary>
internal static class ThresholdFile
{
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default);

    private static readonly MessageForms s_forms = new MessageForms().With(Threshold.Descriptor, ThresholdForm.Shape);

    public static List<Threshold> Read(string path)
    {
        var read = 0;
        return YamlFile.Read(path, value => ThresholdsOf(value, () => $"{path}, threshold {++read}"));
    }

    // Of a framework file its list; else the document itself, in the one form or the other.
    private static IEnumerable<Threshold> ThresholdsOf(YamlValue value, Func<string> where)
    {
        if (value.Map() is not { } map)
        {
            return [];
        }

        if (map.Has("thresholds"))
        {
            var framework = map.Get("framework") is { } given ? (given.IsMap ? given.Map()!.Text("id") : given.Text()) : null;
            return s_forms.ReadList<Threshold>(map, "thresholds", "thresholds").Select(threshold => In(framework, threshold));
        }

        return map.Has("id") ? [s_forms.Read<Threshold>(map, "")]
            : YamlJson.ObjectOf(value) is { } json && value.Reading.Faults.Count == 0 ? [Parse(json, where())]
            : [];
    }

    private static Threshold In(string? framework, Threshold threshold)
    {
        if (threshold.Framework.Length == 0 && framework is not null)
        {
            threshold.Framework = NameCompletion.Of("frameworks", framework);
        }

        return threshold;
    }

    private static Threshold Parse(JsonObject json, string where)
    {
        foreach (var field in new[] { "for", "window" })
        {
            if (YamlJson.Text(json, field, where) is { } text && Spans.TryParse(text, out var span))
            {
                json[field] = string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###}s");
            }
        }

        Spell(json, "condition", "CONDITION_", where);
        Spell(json, "severity", "SEVERITY_", where);
        foreach (var (field, collection) in new[] { ("name", "thresholds"), ("framework", "frameworks") })
        {
            if (YamlJson.Text(json, field, where) is { } name)
            {
                json[field] = NameCompletion.Of(collection, name);
            }
        }

        try
        {
            var threshold = s_parser.Parse<Threshold>(json.ToJsonString());
            return threshold.Name.Length > 0
                ? threshold
                : throw new CliException($"{where}: it has no name. Add one such as `name: thresholds/high-risk`.");
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException)
        {
            throw new CliException($"{where}: {error.Message}");
        }
    }

    private static void Spell(JsonObject json, string field, string prefix, string where)
    {
        if (YamlJson.Text(json, field, where) is { } word && !word.StartsWith(prefix, StringComparison.Ordinal))
        {
            json[field] = prefix + word.ToUpperInvariant();
        }
    }
}
