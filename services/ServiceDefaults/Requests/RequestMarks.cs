using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>The mark under which a write keeps its answer in its own transaction.</summary>
public static class RequestMarks
{
    internal const string Key = "request-mark";

    /// <summary>
    /// Gets the mark of a call; empty where it has no <c>request_id</c> or only checks. Its lines are the caller, the id, the method and the content.
    /// </summary>
    public static string Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UserState.TryGetValue(Key, out var mark) ? (string)mark : "";
    }
}
