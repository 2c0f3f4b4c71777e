using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;

namespace EarlyWarning.Access;

/// <summary>Whether everybody is let in: there has been neither a file of keys nor one of rules since the start. Thread-safe.</summary>
/// <param name="keys">The keys.</param>
/// <param name="rules">The callers whom others vouch for.</param>
public sealed class Gate(ApiKeys keys, AccessFile rules)
{
    /// <summary>Gets whether everybody is let in.</summary>
    public bool IsOpen => keys.IsOpen && rules.IsAbsent;

    /// <summary>Gets what ends when not everybody is let in any longer.</summary>
    internal CancellationToken Closed { get; } = CancellationTokenSource.CreateLinkedTokenSource(keys.Closed, rules.Closed).Token;
}
