using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Contract;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>
/// What every error is: a <c>google.rpc.Status</c> with an ErrorInfo, where fields are at fault a BadRequest, and a Help with the link to
/// its reason.
/// </summary>
internal static class ErrorSchemas
{
    /// <summary>The name of the answer that every operation shares.</summary>
    public const string Response = "Error";

    private const string Status = "google.rpc.Status";

    /// <summary>What stands among an error's details.</summary>
    private static readonly string[] s_details = ["google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.Help"];

    /// <summary>Adds the schemas, and refers to that of the whole error.</summary>
    public static JsonObject Add(SchemaBook schemas)
    {
        var files = DescriptorSet
            .Files.Where(file => file.Package == "google.rpc")
            .SelectMany(file => file.MessageTypes)
            .ToDictionary(message => message.FullName);
        var (code, message) = (files[Status].FindFieldByName("code"), files[Status].FindFieldByName("message"));
        return schemas.Add(
            Status,
            new()
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    [code.JsonName] = schemas.OfField(code),
                    [message.JsonName] = schemas.OfField(message),
                    ["details"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject
                        {
                            ["anyOf"] = new JsonArray([.. s_details.Select(detail => Detail(files[detail], schemas))]),
                        },
                    },
                },
                ["required"] = new JsonArray("code", "message"),
            }
        );
    }

    private static JsonObject Detail(MessageDescriptor message, SchemaBook schemas)
    {
        var properties = new JsonObject { ["@type"] = new JsonObject { ["const"] = $"type.googleapis.com/{message.FullName}" } };
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            properties[field.JsonName] = field.Name == "reason" ? Reason() : schemas.OfField(field);
        }

        return schemas.Add(
            message.FullName,
            new()
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray("@type"),
            }
        );
    }

    // No enum: a later suite has reasons that this one does not know.
    private static JsonObject Reason() =>
        new()
        {
            ["type"] = "string",
            ["description"] = "Is the reason: a value of ErrorReason without its prefix.",
            ["examples"] = new JsonArray([
                .. Enum.GetValues<V1.ErrorReason>().Where(reason => reason != 0).Select(reason => JsonValue.Create(Fault.NameOf(reason))),
            ]),
        };
}
