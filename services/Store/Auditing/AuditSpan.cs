namespace EarlyWarning.Store.Auditing;

/// <summary>A place in the chain. Whoever has written one down elsewhere can show later that nothing before it was changed.</summary>
/// <param name="Position">The entry's position: 1 for the first, 0 for the place before it.</param>
/// <param name="Hash">The entry's hash; empty before the first.</param>
public sealed record AuditLink(long Position, string Hash)
{
    /// <summary>As people write it down: the position, a colon, the hash.</summary>
    public override string ToString() => FormattableString.Invariant($"{Position}:{Hash}");
}

/// <summary>From where to where the chain goes.</summary>
/// <param name="Start">The last entry that was let go, after which the chain begins.</param>
/// <param name="Head">The last entry.</param>
public sealed record AuditSpan(AuditLink Start, AuditLink Head);

/// <summary>An entry of the chain.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Text">Its text.</param>
/// <param name="Hash">Its hash.</param>
public sealed record ChainedEntry(long Position, string Text, string Hash);

/// <summary>Which entries are listed; what is empty or <see langword="null"/> leaves none out.</summary>
/// <param name="Caller">Those of one caller.</param>
/// <param name="Method">Those of one method.</param>
/// <param name="Code">Those that ended with one code.</param>
/// <param name="From">Those of this moment and later.</param>
/// <param name="Before">Those before this moment.</param>
public sealed record AuditFilter(
    string Caller = "",
    string Method = "",
    string Code = "",
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null
);

/// <summary>What looking the chain through has found.</summary>
/// <param name="Span">What was looked through.</param>
/// <param name="Looked">How many entries.</param>
/// <param name="Faults">Where it does not hold, in words; empty where it does.</param>
public sealed record AuditCheck(AuditSpan Span, long Looked, IReadOnlyList<string> Faults);
