using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Api;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>
/// The schemas of messages and enums by protobuf's JSON rules, as the JSON form reads and writes them, each once under its name. Not
/// thread-safe.
/// </summary>
internal sealed class SchemaBook
{
    private readonly JsonObject _schemas = [];

    /// <summary>Gets the schemas by name, in order.</summary>
    public JsonObject Schemas =>
        new(
            _schemas
                .OrderBy(schema => schema.Key, StringComparer.Ordinal)
                .Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone()))
        );

    /// <summary>Refers to a message.</summary>
    public JsonObject Refer(MessageDescriptor message) => Refer(message, message.FullName, () => Describe(message, _ => true));

    /// <summary>Refers to a request as its body has it: what the path gives need not be there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fromPath">The names of the fields that the path gives.</param>
    public JsonObject ReferBody(MessageDescriptor request, IReadOnlySet<string> fromPath) =>
        Refer(request, request.FullName, () => Describe(request, field => !fromPath.Contains(field.Name)));

    /// <summary>Adds a schema that the descriptors do not say, and refers to it.</summary>
    public JsonObject Add(string name, JsonObject schema)
    {
        _schemas[name] = schema;
        return Ref(name);
    }

    /// <summary>The schema of a field as a JSON member.</summary>
    public JsonObject OfField(FieldDescriptor field)
    {
        var schema =
            field.IsMap ? new JsonObject { ["type"] = "object", ["additionalProperties"] = OfValue(field.MessageType.FindFieldByNumber(2)) }
            : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = OfValue(field) }
            : OfValue(field);
        var excluded = field.RealContainingOneof is { } oneof
            ? $"Excludes {string.Join(", ", oneof.Fields.Where(other => other != field).Select(other => $"`{other.JsonName}`"))}."
            : "";
        schema.AddText("description", $"{Prose.Of(field)} {excluded}".Trim());
        schema.AddIf(Behaves(field, FieldBehavior.OutputOnly), "readOnly");
        schema.AddIf(Behaves(field, FieldBehavior.InputOnly), "writeOnly");
        schema.AddIf(field.GetOptions()?.Deprecated == true, "deprecated");
        return schema;
    }

    /// <summary>The schema of one value of a field.</summary>
    public JsonObject OfValue(FieldDescriptor field) =>
        field.FieldType switch
        {
            FieldType.Message or FieldType.Group => WellKnown.SchemaOf(field.MessageType, OfValue) ?? Refer(field.MessageType),
            FieldType.Enum => Refer(field.EnumType, field.EnumType.FullName, () => Describe(field.EnumType)),
            FieldType.String => new() { ["type"] = "string" },
            FieldType.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
            FieldType.Bool => new() { ["type"] = "boolean" },
            FieldType.Double => new() { ["type"] = "number", ["format"] = "double" },
            FieldType.Float => new() { ["type"] = "number", ["format"] = "float" },
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new() { ["type"] = "integer", ["format"] = "int32" },
            FieldType.UInt32 or FieldType.Fixed32 => new()
            {
                ["type"] = "integer",
                ["format"] = "uint32",
                ["minimum"] = 0,
            },
            // Written as texts, because numbers of JavaScript have 53 bits; taken as numbers too.
            FieldType.UInt64 or FieldType.Fixed64 => new()
            {
                ["type"] = "string",
                ["format"] = "uint64",
                ["pattern"] = "^[0-9]+$",
            },
            _ => new()
            {
                ["type"] = "string",
                ["format"] = "int64",
                ["pattern"] = "^-?[0-9]+$",
            },
        };

    /// <summary>Whether the contract marks a field so.</summary>
    public static bool Behaves(FieldDescriptor field, FieldBehavior behavior) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(behavior) == true;

    private JsonObject Describe(MessageDescriptor message, Func<FieldDescriptor, bool> taken)
    {
        var (schema, properties) = (new JsonObject { ["type"] = "object" }, new JsonObject());
        var fields = message.Fields.InDeclarationOrder().Where(taken).ToList();
        foreach (var field in fields)
        {
            properties[field.JsonName] = OfField(field);
        }

        schema.AddText("description", Prose.Of(message));
        schema["properties"] = properties;
        if (fields.Where(RequiredFields.IsRequired).ToList() is { Count: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required.Select(field => JsonValue.Create(field.JsonName))]);
        }

        if (Pairs(message).ToList() is { Count: > 0 } pairs)
        {
            schema["not"] = new JsonObject
            {
                ["anyOf"] = new JsonArray([
                    .. pairs.Select(pair => new JsonObject { ["required"] = new JsonArray(pair.One.JsonName, pair.Other.JsonName) }),
                ]),
            };
        }

        return schema;
    }

    /// <summary>The fields of which a message may not have both.</summary>
    private static IEnumerable<(FieldDescriptor One, FieldDescriptor Other)> Pairs(MessageDescriptor message) =>
        from oneof in message.Oneofs
        where !oneof.IsSynthetic
        from one in oneof.Fields
        from other in oneof.Fields
        where one.Index < other.Index
        select (one, other);

    private static JsonObject Describe(EnumDescriptor type)
    {
        var values = type.Values.Select(value => $"- `{value.Name}`: {Prose.Of(value)}");
        return new()
        {
            ["type"] = "string",
            ["description"] = $"{Prose.Of(type)}\n\n{string.Join('\n', values)}",
            ["enum"] = new JsonArray([.. type.Values.Select(value => JsonValue.Create(value.Name))]),
        };
    }

    private JsonObject Refer(IDescriptor element, string fullName, Func<JsonObject> describe)
    {
        var name = fullName.StartsWith($"{Contract.DescriptorSet.Package}.", StringComparison.Ordinal)
            ? fullName[(Contract.DescriptorSet.Package.Length + 1)..]
            : fullName;
        if (!_schemas.ContainsKey(name))
        {
            // A message may hold itself: its name is there before its fields are described.
            _schemas[name] = null;
            _schemas[name] = describe();
        }

        return Ref(name);
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
