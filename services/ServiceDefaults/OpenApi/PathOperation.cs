using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Transcoding;
using Google.Api;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>One path of an rpc.</summary>
/// <param name="Path">The template of the path.</param>
/// <param name="Verb">The HTTP method, in small letters.</param>
/// <param name="Json">What OpenAPI calls an operation.</param>
internal sealed record PathOperation(string Path, string Verb, JsonObject Json)
{
    private const string Lines =
        "One JSON object a line, as they come, until the caller goes away or the suite stops. Where it fails midway the last line is the "
        + "error.";

    /// <summary>Describes a path.</summary>
    /// <param name="method">The rpc.</param>
    /// <param name="rule">The path, as the contract has it.</param>
    /// <param name="number">Which of the rpc's paths it is, from 0.</param>
    /// <param name="schemas">Where schemas are kept.</param>
    public static PathOperation Of(MethodDescriptor method, HttpRule rule, int number, SchemaBook schemas)
    {
        var template = PathTemplate.Of(RouteForm.PatternOf(rule));
        var fromPath = template.Parameters.Select(parameter => parameter.Field).ToHashSet();
        var text = Prose.Of(method);
        var operation = new JsonObject
        {
            ["operationId"] = number == 0 ? method.Name : $"{method.Name}{number + 1}",
            ["tags"] = new JsonArray(method.Service.Name),
        };
        operation.AddText("summary", Prose.FirstSentence(text));
        operation.AddText("description", text);
        operation.AddIf(method.GetOptions()?.Deprecated == true, "deprecated");
        var parameters = template.Parameters.Select(parameter => PathOf(parameter, method.InputType));
        if (rule.Body.Length == 0)
        {
            parameters = parameters.Concat(QueryParameters.Of(method.InputType, fromPath, schemas));
        }
        else
        {
            var body = OpenApiDocument.Json("The request, without what the path gives.", schemas.ReferBody(method.InputType, fromPath));
            body["required"] = true;
            operation["requestBody"] = body;
        }

        if (parameters.ToArray<JsonNode>() is { Length: > 0 } some)
        {
            operation["parameters"] = new JsonArray(some);
        }

        operation["responses"] = new JsonObject
        {
            ["200"] = OpenApiDocument.Json(method.IsServerStreaming ? Lines : "The answer.", schemas.Refer(method.OutputType)),
            ["default"] = new JsonObject { ["$ref"] = $"#/components/responses/{ErrorSchemas.Response}" },
        };
        return new(template.Text, rule.PatternCase.ToString().ToLowerInvariant(), operation);
    }

    private static JsonObject PathOf(PathParameter parameter, MessageDescriptor request)
    {
        var field = parameter
            .Field.Split('.')
            .Aggregate((Message: request, Field: (FieldDescriptor?)null), (at, name) =>
                at.Message.FindFieldByName(name) is { FieldType: FieldType.Message } inner
                    ? (inner.MessageType, inner)
                    : (at.Message, at.Message.FindFieldByName(name))
            )
            .Field!;
        var part = parameter.Collection.Length > 0 ? $"What stands behind `{parameter.Collection}/` in `{field.JsonName}`. " : "";
        return new()
        {
            ["name"] = parameter.Name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = $"{part}{Prose.Of(field)}{(parameter.Rest ? " Write a slash in it as %2F." : "")}",
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
    }
}
