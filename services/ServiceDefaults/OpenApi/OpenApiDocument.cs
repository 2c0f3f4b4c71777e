using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>
/// The OpenAPI document of the JSON form, made of the contract: each rpc that has a path there, with every path that it has.
/// </summary>
internal static class OpenApiDocument
{
    private const string Description =
        "Every rpc of the contract that has a path, with the same names, limits and errors as in gRPC.\n\n"
        + "Whole numbers of 64 bits are written as texts, and taken as texts or numbers. A member that is absent, or null, is not given. "
        + "A member, a "
        + "parameter or a path that there is not is refused with the nearest that there is. What cannot stand in a query string, and "
        + "calls that "
        + "stream requests, are served by gRPC alone.";

    /// <summary>Makes the document.</summary>
    /// <param name="services">The services that it describes.</param>
    /// <param name="security">What callers need, all of it together; nothing where everybody may call.</param>
    public static JsonObject Of(IEnumerable<ServiceDescriptor> services, IReadOnlyList<SecurityScheme> security)
    {
        var (paths, tags, schemas) = (new JsonObject(), new JsonArray(), new SchemaBook());
        foreach (var service in services)
        {
            var tag = new JsonObject { ["name"] = service.Name };
            tag.AddText("description", Prose.Of(service));
            tags.Add((JsonNode)tag);
            foreach (var (method, rule, number) in service.Methods.SelectMany(Rules))
            {
                var operation = PathOperation.Of(method, rule, number, schemas);
                paths[operation.Path] ??= new JsonObject();
                paths[operation.Path]!.AsObject().Add(operation.Verb, operation.Json);
            }
        }

        var error = ErrorSchemas.Add(schemas);
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Early Warning",
                ["version"] = "v1",
                ["description"] = Description,
                ["license"] = new JsonObject { ["name"] = "Apache License 2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The suite that this document is read from" }),
            ["tags"] = tags,
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Schemas,
                ["responses"] = new JsonObject
                {
                    [ErrorSchemas.Response] = Json(
                        "The call was refused, or failed. `details` has an ErrorInfo whose `reason` says which fault it is.",
                        error
                    ),
                },
            },
        };
        if (security.Count > 0)
        {
            var (described, needed) = (new JsonObject(), new JsonObject());
            foreach (var scheme in security)
            {
                var json = new JsonObject { ["type"] = scheme.Type };
                json.AddText("scheme", scheme.Scheme ?? "");
                json.AddText("description", scheme.Description);
                described[scheme.Name] = json;
                needed[scheme.Name] = new JsonArray();
            }

            document["components"]!["securitySchemes"] = described;
            document["security"] = new JsonArray(needed);
        }

        return document;
    }

    /// <summary>An answer, or a body, in JSON.</summary>
    public static JsonObject Json(string description, JsonObject schema) =>
        new()
        {
            ["description"] = description,
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schema } },
        };

    private static IEnumerable<(MethodDescriptor Method, HttpRule Rule, int Number)> Rules(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule
            ? rule.AdditionalBindings.Prepend(rule).Select((binding, i) => (method, binding, i))
            : [];
}
