using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Samples;

/// <summary>Reads what an error says: whether to send the same again, and, where not, what to put right.</summary>
internal static class Refusal
{
    /// <summary>
    /// Whether the same may succeed later: the suite or the way to it was not there, or it was asked for too much at a time. Anything else
    /// is refused for good.
    /// </summary>
    public static bool IsPassing(RpcException error) =>
        error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal
        || Reason(error) == "RATE_EXCEEDED";

    /// <summary>The reason, as docs/errors.md lists them; empty where the error did not come from a suite.</summary>
    public static string Reason(RpcException error) => error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "";

    /// <summary>The error in words: the reason, and each field that is at fault.</summary>
    public static string Words(RpcException error)
    {
        var fields = error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [];
        var said = string.Concat(fields.Select(field => $"\n  {field.Field}: {field.Description}"));
        return $"{error.StatusCode} {Reason(error)}: {(said.Length > 0 ? said : error.Status.Detail)}";
    }
}
