using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;

namespace EarlyWarning.Access;

/// <summary>
/// Whether everybody is let in: callers are asked for no certificate, and there has been neither a file of keys nor one of rules since the
/// start. Thread-safe.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="rules">The callers whom others vouch for.</param>
/// <param name="certificates">How callers are known by certificates; <see langword="null"/> where they are asked for none.</param>
public sealed class Gate(ApiKeys keys, AccessFile rules, CallerCertificates? certificates = null)
{
    /// <summary>Gets whether everybody is let in.</summary>
    public bool IsOpen => keys.IsOpen && rules.IsAbsent && certificates is null;

    /// <summary>Gets what ends when not everybody is let in any longer.</summary>
    internal CancellationToken Closed { get; } = CancellationTokenSource.CreateLinkedTokenSource(keys.Closed, rules.Closed).Token;
}
