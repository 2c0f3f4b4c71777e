using EarlyWarning.ServiceDefaults.Auditing;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Ledger.Audit;

/// <summary>
/// Counts calls that were refused or failed, minute by minute: the first of a kind is given back to be written at once, the others of the
/// minute become one entry at its end. It tells apart as many kinds as its options allow, and counts what exceeds them together, so neither
/// memory nor rows grow with
/// the number of calls, callers or addresses. Not thread-safe.
/// </summary>
internal sealed class RefusalTally(AuditOptions options, DateTimeOffset now)
{
    /// <summary>The method of the entry that stands for all kinds that were not told apart.</summary>
    public const string Others = "others";

    private readonly Dictionary<FaultKind, V1.AuditEntry> _kinds = [];
    private double _allowance = options.KindsAtOnce;
    private DateTimeOffset _turned = now;
    private V1.AuditEntry? _others;

    /// <summary>Counts a call; gives its entry where it is to be written at once.</summary>
    public V1.AuditEntry? Take(FaultKind kind, Func<V1.AuditEntry> make, DateTimeOffset now)
    {
        if (_kinds.TryGetValue(kind, out var counted))
        {
            counted.Time = counted.Count++ == 0 ? now.ToTimestamp() : counted.Time;
            return null;
        }

        if (_allowance < 1)
        {
            _others ??= Anew(AuditEntries.Own(Others, "", "", now));
            _others.Count++;
            return null;
        }

        _allowance--;
        var first = make();
        _kinds[kind] = Anew(first);
        return first;
    }

    /// <summary>Ends the minute: gives the entries of what was counted in it beside the first of each kind.</summary>
    public IReadOnlyList<V1.AuditEntry> Turn(DateTimeOffset now)
    {
        List<V1.AuditEntry> counted = [.. _kinds.Values.Where(entry => entry.Count > 0)];
        if (_others is { } others)
        {
            (others.Code, others.Reason) = ("RESOURCE_EXHAUSTED", "");
            others.Request = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{others.Count} further calls were refused or failed, of more kinds than are told apart; "
                    + $"the log and the metrics of calls have their number."
            );
            counted.Add(others);
        }

        _allowance = Math.Min(options.KindsAtOnce, _allowance + (options.KindsPerMinute * Math.Max(0, (now - _turned).TotalMinutes)));
        (_turned, _others) = (now, null);
        _kinds.Clear();
        return counted;
    }

    // What is counted later has a name of its own.
    private static V1.AuditEntry Anew(V1.AuditEntry first)
    {
        var entry = first.Clone();
        entry.Id = AuditEntries.NewId();
        entry.Count = 0;
        return entry;
    }
}
