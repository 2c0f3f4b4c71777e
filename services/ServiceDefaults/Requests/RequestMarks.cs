using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>The mark under which a write keeps its answer in its own transaction.</summary>
public static class RequestMarks
{
    internal const string Key = "request-mark";
    internal const string AuditKey = "audit-entry";

    /// <summary>
    /// Gets the mark of a call; empty where it only checks, or has no <c>request_id</c> and is none that goes on record. Its lines are the
    /// caller, the id, the method and the content, all but the method empty without an id; and, of a call that goes on record, its entry of
    /// the audit.
    /// </summary>
    public static string Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var mark = context.UserState.TryGetValue(Key, out var kept) ? (string)kept : "";
        return context.UserState.TryGetValue(AuditKey, out var entry)
            ? $"{(mark.Length > 0 ? mark : $"\n\n{context.Method}\n")}\n{(string)entry}"
            : mark;
    }
}
