using System.Text.Json.Nodes;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Thresholds;

/// <summary>
/// Thresholds as the framework files in the data folder have them (<c>id, name, above: 60, clear: 54</c>), put into the fields of the
/// contract: what is written for the one place is read in the other.
/// </summary>
internal static class FrameworkFileForm
{
    private static readonly Dictionary<string, string> s_fields = new(StringComparer.Ordinal)
    {
        ["id"] = "name",
        ["name"] = "displayName",
        ["framework"] = "framework",
        ["target"] = "target",
        ["clear"] = "clearingValue",
        ["window"] = "window",
        ["level"] = "level",
        ["for"] = "for",
        ["minimum-coverage"] = "minimumCoverage",
        ["minimum-probability"] = "minimumProbability",
        ["minimum-sources"] = "minimumSources",
        ["countries"] = "countries",
        ["severity"] = "severity",
        ["disabled"] = "disabled",
    };

    private static readonly string[] s_conditions = ["above", "below", "rise", "level"];

    /// <summary>
    /// The thresholds of a document: its own list where it is a framework file, else itself; each as the contract has it.
    /// </summary>
    public static IEnumerable<JsonObject> Thresholds(JsonObject document, string path)
    {
        if (document["thresholds"] is not JsonArray list)
        {
            return [document.ContainsKey("id") ? Translated(document, path, framework: null) : document];
        }

        var framework = document["framework"] switch
        {
            JsonObject whole => YamlJson.Text(whole, "id", $"{path}, framework"),
            null => null,
            _ => YamlJson.Text(document, "framework", path),
        };
        return list.Select(item =>
            Translated(item as JsonObject ?? throw new CliException($"{path}: an entry of thresholds is no threshold."), path, framework)
        );
    }

    private static JsonObject Translated(JsonObject threshold, string path, string? framework)
    {
        var name = threshold["id"]?.ToString() ?? "?";
        var told = new JsonObject();
        foreach (var (key, value) in threshold)
        {
            if (s_fields.TryGetValue(key, out var field))
            {
                told[field] = value?.DeepClone();
            }
            else if (!s_conditions.Contains(key) && key != "reason")
            {
                throw new CliException(
                    $"{path}, threshold {name}: '{key}' is not known here. A threshold has "
                        + $"{string.Join(", ", s_fields.Keys.Concat(s_conditions[..3]))} and reason."
                );
            }
        }

        string[] conditions = [.. s_conditions.Where(threshold.ContainsKey)];
        if (conditions is not [var condition])
        {
            throw new CliException($"{path}, threshold {name}: give one of above, below, rise and level.");
        }

        told["condition"] = condition;
        if (condition != "level")
        {
            told["value"] = threshold[condition]?.DeepClone();
        }

        told["framework"] ??= framework;
        return told;
    }
}
