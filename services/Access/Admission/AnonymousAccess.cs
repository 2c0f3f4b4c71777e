using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;

namespace EarlyWarning.Access.Admission;

/// <summary>
/// Whether everybody is let in: callers are asked for no certificate, there has been neither a file of keys nor one of rules since the
/// start, and no other process of the suite asks who calls. Thread-safe.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="rules">The callers whom others vouch for.</param>
/// <param name="certificates">How callers are known by certificates; <see langword="null"/> where they are asked for none.</param>
public sealed class AnonymousAccess(ApiKeys keys, AccessFile rules, CallerCertificates? certificates = null)
{
    private readonly CancellationTokenSource _closed = CancellationTokenSource.CreateLinkedTokenSource(keys.Closed, rules.Closed);
    private volatile string _askedAt = "";

    /// <summary>Gets whether everybody is let in.</summary>
    public bool IsOpen => !Asks && !_closed.IsCancellationRequested;

    /// <summary>Gets whether this process knows callers: by keys, by rules or by certificates.</summary>
    public bool Asks => !keys.IsOpen || !rules.IsAbsent || certificates is not null;

    /// <summary>Gets where processes of the suite ask who calls while this one cannot know it; empty where there is none.</summary>
    public string AskedAt => _askedAt;

    /// <summary>Gets what ends when not everybody is let in any longer.</summary>
    internal CancellationToken Closed => _closed.Token;

    /// <summary>
    /// Lets nobody in until the next start, because other processes of the suite ask who calls: a caller whom they refuse is not to be
    /// served here.
    /// </summary>
    /// <param name="others">Where those are.</param>
    public void Shut(string others)
    {
        _askedAt = others;
        _ = _closed.CancelAsync();
    }
}
