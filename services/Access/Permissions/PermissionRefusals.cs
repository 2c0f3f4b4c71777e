using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Access.Permissions;

/// <summary>Words what is refused to a caller: which role it takes, and what the caller holds.</summary>
internal static class PermissionRefusals
{
    private const string Prefix = "PERMISSION_";

    /// <summary>No role of the caller holds the permission.</summary>
    public static RpcException NoRole(Permission permission, CallerGrants grants) =>
        Denied(
            permission,
            $"This takes the role {AccessRoleNames.AnyOf(RoleTable.HoldersOf(permission))}, and the caller has {grants}. Ask an "
                + $"administrator "
                + $"for it.",
            grants
        );

    /// <summary>The call concerns the whole world, and the caller's role is bound.</summary>
    public static RpcException Bound(Permission permission, CallerGrants grants) =>
        Denied(
            permission,
            $"This concerns all countries, so it takes the role {AccessRoleNames.AnyOf(RoleTable.HoldersOf(permission))} without a "
                + $"bound, and the caller has {grants}. Ask an administrator for it.",
            grants
        );

    /// <summary>A country is none of the caller's.</summary>
    public static RpcException Country(string field, string country, CountryScope reach) =>
        Fault.Field(
            ErrorReason.CountryNotGranted,
            field,
            $"{Trailers.Echo(country)} is not among the countries of the caller's role, which are {Some(reach)}. Ask for one of those, "
                + $"or an administrator to bind the role to it too.",
            StatusCode.PermissionDenied,
            ("country", country)
        );

    /// <summary>The call has to name one of several countries.</summary>
    public static RpcException WhichCountry(string field, CountryScope reach) =>
        Fault.Field(
            ErrorReason.FieldMissing,
            field,
            $"{field} is missing. Say which of the countries of the caller's role: {Some(reach)}."
        );

    /// <summary>The caller is not bound to a recipient.</summary>
    public static RpcException Recipient(string field, string recipient, IReadOnlyList<string> own, string noteField) =>
        Fault.Field(
            ErrorReason.RecipientNotGranted,
            field,
            $"The caller may not answer as {Trailers.Echo(recipient)}"
                + (own.Count > 0 ? $", only as {string.Join(", ", own.Take(5))}." : ": its role is bound to no recipient.")
                + (
                    noteField.Length > 0
                        ? $" Record what somebody else has answered with the role operator, and say in {noteField} how you know."
                        : " Ask an administrator."
                ),
            StatusCode.PermissionDenied,
            ("recipient", recipient)
        );

    /// <summary>Somebody records another's answer without saying how they know.</summary>
    public static RpcException NoNote(string field, string recipient) =>
        Fault.Field(
            ErrorReason.FieldMissing,
            field,
            $"{field} is missing. It is {Trailers.Echo(recipient)}'s answer that you record: say how you know of it."
        );

    /// <summary>The act takes a name.</summary>
    public static RpcException NotNamed(string field) =>
        Fault.Field(
            ErrorReason.NamedCallerNeeded,
            field,
            "This goes on record under a name that is authenticated, and the suite asks nobody for one. Whoever runs it makes a key with "
                + "'keys add NAME --role …'; call with that.",
            StatusCode.PermissionDenied
        );

    private static RpcException Denied(Permission permission, string message, CallerGrants grants) =>
        Fault.Of(
            StatusCode.PermissionDenied,
            ErrorReason.PermissionDenied,
            message,
            ("permission", NameOf(permission)),
            ("roles", string.Join(",", RoleTable.HoldersOf(permission).Select(AccessRoleNames.Of))),
            ("bound", grants.Holding(permission).Any() ? "true" : "false")
        );

    private static string NameOf(Permission permission) =>
        PermissionDescriptor.FindValueByNumber((int)permission)?.Name[Prefix.Length..] ?? permission.ToString();

    private static Google.Protobuf.Reflection.EnumDescriptor PermissionDescriptor =>
        AccessReflection.Descriptor.EnumTypes.Single(type => type.ClrType == typeof(Permission));

    private static string Some(CountryScope reach)
    {
        string[] codes = [.. reach.Countries!.Order(StringComparer.Ordinal)];
        return codes.Length switch
        {
            0 => "none",
            <= 10 => string.Join(", ", codes),
            _ => $"{string.Join(", ", codes[..10])} and {codes.Length - 10} more",
        };
    }
}
