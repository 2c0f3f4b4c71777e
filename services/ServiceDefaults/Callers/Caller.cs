using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>Who makes a call.</summary>
/// <param name="Name">The authenticated name, or the one declared in the metadata <c>ew-actor</c>; <c>anonymous</c> without either.</param>
/// <param name="Verified">The name was authenticated.</param>
/// <param name="Role">The role as which the caller acts; unspecified for one that has none.</param>
public sealed record Caller(string Name, bool Verified, V1.AccessRole Role = V1.AccessRole.Unspecified)
{
    /// <summary>The metadata key in which a caller on an open loopback declares its name.</summary>
    public const string DeclaredNameKey = "ew-actor";

    /// <summary>Reads the caller of a call.</summary>
    public static Caller Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetHttpContext().User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            return new(name, true, context.GetHttpContext().Features.Get<ActingRole>()?.Role ?? V1.AccessRole.Unspecified);
        }

        var clean = Declared(
            context.RequestHeaders.GetValue(DeclaredNameKey) ?? context.GetHttpContext().Request.Headers[DeclaredNameKey].ToString()
        );
        if (IsReserved(clean))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                DeclaredNameKey,
                "That name stands for what the suite does by itself. Say who acts."
            );
        }

        return new(clean.Length > 0 ? clean : "anonymous", false);
    }

    /// <summary>
    /// A declared name as it is taken: such names end up in records that people read, where control characters and endless ones have no
    /// place.
    /// </summary>
    internal static string Declared(string name) => new string([.. name.Where(c => !char.IsControl(c)).Take(100)]).Trim();

    /// <summary>Whether a name is, but for case and spaces, the one under which the suite records what it does by itself.</summary>
    public static bool IsReserved(string name) =>
        string.Concat((name ?? "").Where(c => !char.IsWhiteSpace(c))).Equals("suite", StringComparison.OrdinalIgnoreCase);
}
