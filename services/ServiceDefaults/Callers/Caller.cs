using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>Who makes a call.</summary>
/// <param name="Name">The authenticated name, or the one declared in the metadata <c>ew-actor</c>; <c>anonymous</c> without either.</param>
/// <param name="Verified">The name was authenticated.</param>
public sealed record Caller(string Name, bool Verified)
{
    /// <summary>The metadata key in which a caller on an open loopback declares its name.</summary>
    public const string DeclaredNameKey = "ew-actor";

    /// <summary>Reads the caller of a call.</summary>
    public static Caller Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetHttpContext().User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            return new(name, true);
        }

        // Declared names end up in records that people read: control characters and endless ones have no place there.
        var declared = context.RequestHeaders.GetValue(DeclaredNameKey) ?? context.GetHttpContext().Request.Headers[DeclaredNameKey].ToString();
        var clean = new string([.. declared.Where(c => !char.IsControl(c)).Take(100)]).Trim();
        return new(clean.Length > 0 ? clean : "anonymous", false);
    }
}
