using System.Text.Encodings.Web;
using System.Text.Json;

namespace EarlyWarning.Driver.Reports;

/// <summary>The report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(RunReport run) => JsonSerializer.Serialize(run, s_options);

    /// <exception cref="JsonException">It is no report.</exception>
    public static RunReport Read(string text) =>
        JsonSerializer.Deserialize<RunReport>(text, s_options) ?? throw new JsonException("There is no report in it.");
}
