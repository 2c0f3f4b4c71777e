using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Says which keys several rows of a file have, and what can be done.</summary>
internal static class RepeatText
{
    private const int MostKeys = 20;
    private const int MostLines = 50;

    public static string Of(string path, Survey survey, bool hasRejects)
    {
        var text = new StringBuilder($"{path}: several rows have one key, and only one of them would count, so nothing was recorded.");
        foreach (var one in survey.Repeats.Take(MostKeys))
        {
            var revision = one.Revision != 0 ? $", revision {one.Revision}" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {one.Country} {one.Indicator}, {Time(one)}, {one.Source}{revision}: lines {Lines(one.Lines)}"
            );
        }

        if (survey.RepeatCount > MostKeys)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  … and {DisplayText.Count(survey.RepeatCount - MostKeys)} more "
                    + $"keys{(hasRejects ? "; all of them are in the file of rejects" : " (--rejects writes all their rows)")}"
            );
        }

        return text.Append("\nSay in the mapping what they come to (repeated: sum, max, mean or count), or which rows are meant (where).")
            .ToString();
    }

    /// <summary>One object with every repeated key and all its lines.</summary>
    public static string Json(Survey survey) =>
        new JsonObject
        {
            ["repeatedKeys"] = new JsonArray([
                .. survey.Repeats.Select(one => new JsonObject
                {
                    ["country"] = one.Country,
                    ["indicator"] = one.Indicator,
                    ["observedAt"] = new DateTime(one.Moment, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
                    ["source"] = one.Source,
                    ["revision"] = one.Revision,
                    ["lines"] = new JsonArray([.. one.Lines.Select(line => JsonValue.Create(line))]),
                }),
            ]),
        }.ToJsonString();

    private static string Time(KeyTable.Repeat one) =>
        new DateTime(one.Moment, DateTimeKind.Utc) is var time && time.TimeOfDay == TimeSpan.Zero
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Lines(IReadOnlyList<long> lines) =>
        string.Join(", ", lines.Take(MostLines))
        + (lines.Count > MostLines ? $" and {DisplayText.Count(lines.Count - MostLines)} more" : "");
}
