using System.Globalization;
using System.Text.Json.Nodes;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Thresholds;

/// <summary>
/// Reads thresholds from a file in YAML or proto JSON: in the form of the framework files, or the fields of the contract as `ew thresholds
/// get --json` prints them, with spans such as 7d and short words for the enums.
/// </summary>
internal static class ThresholdFile
{
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default);

    public static List<Threshold> Read(string path) =>
        [
            .. YamlJson
                .Objects(path)
                .SelectMany(document => FrameworkFileForm.Thresholds(document, path))
                .Select((json, index) => Parse(json, $"{path}, threshold {index + 1}")),
        ];

    private static Threshold Parse(JsonObject json, string where)
    {
        foreach (var field in new[] { "for", "window" })
        {
            if (YamlJson.Text(json, field, where) is { } text && Moments.TrySpan(text, out var span))
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
                json[field] = Names.Of(collection, name);
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
