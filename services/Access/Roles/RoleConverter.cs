using System.Text.Json;
using System.Text.Json.Serialization;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Roles;

/// <summary>Roles in files, as people write them.</summary>
internal sealed class RoleConverter : JsonConverter<AccessRole>
{
    public override AccessRole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return AccessRoleNames.Parse(name)
            ?? throw new JsonException($"'{name}' is not a role. The roles are {string.Join(", ", AccessRoleNames.All)}.");
    }

    public override void Write(Utf8JsonWriter writer, AccessRole value, JsonSerializerOptions options) =>
        writer.WriteStringValue(AccessRoleNames.Of(value));
}
