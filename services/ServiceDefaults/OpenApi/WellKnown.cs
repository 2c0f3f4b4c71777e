using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>The messages of protobuf that have a JSON form of their own.</summary>
internal static class WellKnown
{
    private const string Package = "google.protobuf.";

    /// <summary>The schema of such a message; <see langword="null"/> for any other.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ofValue">The schema of a field's value.</param>
    public static JsonObject? SchemaOf(MessageDescriptor message, Func<FieldDescriptor, JsonObject> ofValue) =>
        message.FullName switch
        {
            $"{Package}Timestamp" => new() { ["type"] = "string", ["format"] = "date-time" },
            $"{Package}Duration" => new()
            {
                ["type"] = "string",
                ["pattern"] = "^-?[0-9]+(\\.[0-9]{1,9})?s$",
                ["examples"] = new JsonArray("86400s"),
            },
            $"{Package}FieldMask" => new() { ["type"] = "string" },
            $"{Package}Struct" => new() { ["type"] = "object" },
            $"{Package}ListValue" => new() { ["type"] = "array" },
            $"{Package}Value" => [],
            $"{Package}Any" => new()
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
                ["required"] = new JsonArray("@type"),
            },
            var name when name.StartsWith(Package, StringComparison.Ordinal) && name.EndsWith("Value", StringComparison.Ordinal) => ofValue(
                message.FindFieldByNumber(1)
            ),
            _ => null,
        };
}
