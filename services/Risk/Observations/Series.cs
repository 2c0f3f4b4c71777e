using System.IO.Hashing;
using System.Runtime.InteropServices;
using EarlyWarning.Catalogue.Observations;

namespace EarlyWarning.Risk.Observations;

/// <summary>
/// What one source says of one indicator at one horizon: its newest observation. Newest is the highest (observed, revision, position, place
/// in the entry), so every order of arrival ends with the same one.
/// </summary>
internal sealed class Series(IndicatorSeries indicator, string source, long horizon)
{
    /// <summary>More ids of one natural key than these are looked up in history instead.</summary>
    private const int MaxKeyIds = 8;

    private readonly ulong _seed = Seed(indicator.Code, source);
    private List<(UInt128 Id, ulong Content)>? _moreIds;
    private (UInt128 Id, ulong Content) _firstId;
    private bool _hasId;

    public IndicatorSeries Indicator { get; } = indicator;

    public string Source { get; } = source;

    public long Horizon { get; } = horizon;

    public long Observed { get; private set; } = long.MinValue;

    public long Revision { get; private set; }

    public long Position { get; private set; }

    /// <summary>The place among the rows of its entry.</summary>
    public int Place { get; private set; }

    public double Value { get; private set; }

    public double Precision { get; private set; }

    public PrecisionKind PrecisionKind { get; private set; }

    public string Id { get; private set; } = "";

    public UInt128 IdHash { get; private set; }

    /// <summary>It is among the series of its country; one that is not belongs to a row that is not yet taken.</summary>
    public bool IsAdmitted { get; set; }

    public bool IsEmpty => Observed == long.MinValue;

    /// <summary>The ids of the newest natural key are too many to be kept here.</summary>
    public bool KeyIdsOverflow { get; private set; }

    /// <summary>
    /// The standard error that the observation states, 0 for an exact value; <see langword="null"/> where it states none that can be used,
    /// so that the indicator's default error stands for it, or its error is not known. A confidence is one only on a scale with ends.
    /// </summary>
    public double? StatedError =>
        PrecisionKind switch
        {
            PrecisionKind.StandardError when double.IsFinite(Precision) && Precision >= 0 => Precision,
            PrecisionKind.Confidence when Indicator.HalfRange > 0 && Precision is >= 0 and <= 1 => (1 - Precision) * Indicator.HalfRange,
            _ => null,
        };

    /// <summary>Hashes everything that makes two observations with one id the same or not.</summary>
    public ulong ContentHash(in ObservationRow row)
    {
        Span<byte> bytes = stackalloc byte[ObservationContent.Length];
        row.Content.Write(bytes);
        return XxHash3.HashToUInt64(bytes, (long)_seed);
    }

    /// <summary>Hashes the natural key of what was observed at a moment.</summary>
    public ulong KeyHash(long observed)
    {
        ReadOnlySpan<long> fields = [observed, Horizon];
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(fields), (long)_seed);
    }

    /// <summary>Looks for an id among those of the newest natural key.</summary>
    public bool TryFindKeyId(UInt128 id, out ulong content)
    {
        content = 0;
        if (_hasId && _firstId.Id == id)
        {
            content = _firstId.Content;
            return true;
        }

        if (_moreIds is null)
        {
            return false;
        }

        foreach (var (known, knownContent) in _moreIds)
        {
            if (known == id)
            {
                content = knownContent;
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a row in; returns whether it is now the newest.</summary>
    public bool Apply(in ObservationRow row, long position)
    {
        if (row.Observed < Observed)
        {
            return false;
        }

        if (row.Observed > Observed)
        {
            (_hasId, KeyIdsOverflow, _moreIds) = (false, false, null);
        }

        Remember(row.IdHash, row.ContentHash);
        if (row.Observed == Observed && (row.Revision, position, row.Place).CompareTo((Revision, Position, Place)) < 0)
        {
            return false;
        }

        Set(row, position);
        return true;
    }

    /// <summary>Puts a series back as a snapshot had it.</summary>
    public void Restore(in ObservationRow row, long position, ReadOnlySpan<(UInt128 Id, ulong Content)> keyIds)
    {
        Set(row, position);
        foreach (var (id, content) in keyIds)
        {
            Remember(id, content);
        }

        // A natural key has at least one id, so none means too many.
        KeyIdsOverflow = keyIds.IsEmpty;
    }

    /// <summary>Copies the ids kept for the newest natural key, in their order of arrival.</summary>
    public (UInt128 Id, ulong Content)[] KeyIds() => KeyIdsOverflow || !_hasId ? [] : [_firstId, .. _moreIds ?? []];

    private void Set(in ObservationRow row, long position)
    {
        (Observed, Revision, Position, Place) = (row.Observed, row.Revision, position, row.Place);
        (Id, IdHash) = (row.Id, row.IdHash);
        (Value, Precision, PrecisionKind) = (row.Value, row.Precision, row.PrecisionKind);
    }

    private void Remember(UInt128 id, ulong content)
    {
        if (KeyIdsOverflow)
        {
            return;
        }

        if (!_hasId)
        {
            (_firstId, _hasId) = ((id, content), true);
            return;
        }

        if (_moreIds is { Count: >= MaxKeyIds - 1 })
        {
            (KeyIdsOverflow, _moreIds, _hasId) = (true, null, false);
            return;
        }

        (_moreIds ??= []).Add((id, content));
    }

    /// <summary>Hashes the texts of the key. The country is that of the journal.</summary>
    private static ulong Seed(string code, string source)
    {
        var bytes = new byte[((code.Length + source.Length) * 3) + 4];
        return XxHash3.HashToUInt64(bytes.AsSpan(0, ObservationContent.WriteTexts(bytes, source, "", "", code)));
    }
}
