using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Transcoding;
using Google.Api;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>
/// The parameters of a query string, by what its reader takes: a field of one value, or a list of such, by its dotted path. What has no
/// such form is not among them and can be sent by gRPC alone.
/// </summary>
internal static class QueryParameters
{
    /// <summary>Lists the parameters of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fromPath">The fields that the path gives.</param>
    /// <param name="schemas">The schemas.</param>
    public static IEnumerable<JsonObject> Of(MessageDescriptor request, IReadOnlySet<string> fromPath, SchemaBook schemas) =>
        Within(request, "", required: true, [request])
            .Where(found => !fromPath.Contains(found.Path))
            .Select(found => Parameter(found.Name, found.Required, found.Field, schemas));

    private static IEnumerable<Found> Within(MessageDescriptor message, string path, bool required, MessageDescriptor[] above)
    {
        foreach (
            var field in message
                .Fields.InDeclarationOrder()
                .Where(field => !field.IsMap && !SchemaBook.Behaves(field, FieldBehavior.OutputOnly))
        )
        {
            var needed = required && RequiredFields.IsRequired(field);
            if (ValueText.IsOneValue(field))
            {
                yield return new($"{path}{field.Name}", field.JsonName, needed, field);
            }
            else if (!field.IsRepeated && !above.Contains(field.MessageType))
            {
                foreach (var inner in Within(field.MessageType, $"{path}{field.Name}.", needed, [.. above, field.MessageType]))
                {
                    yield return inner with
                    {
                        Name = $"{field.JsonName}.{inner.Name}",
                    };
                }
            }
        }
    }

    private static JsonObject Parameter(string name, bool required, FieldDescriptor field, SchemaBook schemas)
    {
        var schema = schemas.OfField(field);
        var parameter = new JsonObject { ["name"] = name, ["in"] = "query" };
        parameter.AddIf(required, "required");
        foreach (var member in (string[])["description", "deprecated"])
        {
            if (schema[member]?.DeepClone() is { } value)
            {
                parameter[member] = value;
                schema.Remove(member);
            }
        }

        parameter["schema"] = schema;
        return parameter;
    }

    private sealed record Found(string Path, string Name, bool Required, FieldDescriptor Field);
}
