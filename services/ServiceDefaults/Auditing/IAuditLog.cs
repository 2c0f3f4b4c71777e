namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>The record of what was done and of what was refused. Thread-safe.</summary>
public interface IAuditLog
{
    /// <summary>
    /// Keeps the entry of an act that was done, where the act's own transaction has not kept it. Where the store does not take it now, it
    /// is kept in memory, and written once the store does: the act was done, and its caller is answered.
    /// </summary>
    Task KeepAsync(V1.AuditEntry entry);

    /// <summary>Keeps the entry of something that has no call. Never waits: it is written within moments.</summary>
    void Add(V1.AuditEntry entry);

    /// <summary>
    /// Counts a call that was refused or failed: the first of its kind within a minute is written at once, the others together. Never
    /// waits, and takes a bounded amount of memory and of rows, however many there are.
    /// </summary>
    /// <param name="kind">What is counted together.</param>
    /// <param name="entry">Makes the entry; called only where it is the first of its kind.</param>
    void Count(FaultKind kind, Func<V1.AuditEntry> entry);
}

/// <summary>What is counted together: calls of one caller that ended alike.</summary>
/// <param name="Who">The caller's name where it was authenticated, else the address from which it calls.</param>
/// <param name="Method">What was called.</param>
/// <param name="Code">How it ended.</param>
/// <param name="Reason">The reason; empty where there is none.</param>
public readonly record struct FaultKind(string Who, string Method, string Code, string Reason);
