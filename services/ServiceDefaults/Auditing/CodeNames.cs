using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>Status codes as gRPC writes them: <c>PERMISSION_DENIED</c>.</summary>
public static class CodeNames
{
    private static readonly Dictionary<StatusCode, string> s_names = Enum.GetValues<StatusCode>().ToDictionary(code => code, Write);

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyCollection<string> All => s_names.Values;

    /// <summary>Writes a code.</summary>
    public static string Of(StatusCode code) => s_names.GetValueOrDefault(code, "UNKNOWN");

    private static string Write(StatusCode code) =>
        code == StatusCode.OK
            ? "OK"
            : string.Concat(code.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
