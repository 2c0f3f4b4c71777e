using System.Buffers.Binary;
using System.Text;
using EarlyWarning.Risk.Observations;
using Google.Protobuf;

namespace EarlyWarning.Risk.Journal;

/// <summary>
/// Writes rows as columns. Used again for each append, so that nothing but the entry itself is allocated. Not thread-safe.
/// </summary>
internal sealed class EntryWriter
{
    /// <summary>The form that this build writes.</summary>
    public const int Format = 1;

    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly Observations _columns = new();
    private readonly List<byte> _replaced = [];
    private byte[] _ids = new byte[4_096];
    private int _idsLength;
    private long _lastObserved;
    private int _stringBytes;
    private bool _anyPrecision,
        _anyHorizon,
        _anyRevision,
        _anyKnownAt;

    public int Count => _columns.Values.Count;

    /// <summary>An upper bound of the length of the entry in bytes, without an outcome that travels with it.</summary>
    public int Bound => 256 + _stringBytes + _idsLength + (Count * 106);

    public void Clear()
    {
        _numbers.Clear();
        _columns.Strings.Clear();
        _columns.Indicators.Clear();
        _columns.Sources.Clear();
        _columns.ObservedDeltas.Clear();
        _columns.Values.Clear();
        _columns.IdLengths.Clear();
        _columns.PrecisionKinds.Clear();
        _columns.Precisions.Clear();
        _columns.Horizons.Clear();
        _columns.Revisions.Clear();
        _columns.KnownAt.Clear();
        _columns.Outdated.Clear();
        _columns.Replacing.Clear();
        _replaced.Clear();
        (_idsLength, _lastObserved, _stringBytes) = (0, 0, 0);
        (_anyPrecision, _anyHorizon, _anyRevision, _anyKnownAt) = (false, false, false, false);
    }

    public void Add(in ObservationRow row)
    {
        _columns.Indicators.Add(NumberOf(row.Indicator));
        _columns.Sources.Add(NumberOf(row.Source));
        _columns.ObservedDeltas.Add(row.Observed - _lastObserved);
        _lastObserved = row.Observed;
        _columns.Values.Add(row.Value);
        AddId(row.Id);
        Column(_columns.PrecisionKinds, (uint)row.PrecisionKind, row.PrecisionKind != PrecisionKind.None, ref _anyPrecision);
        if (_anyPrecision)
        {
            Pad(_columns.Precisions);
            _columns.Precisions.Add(row.Precision);
        }

        Column(_columns.Horizons, row.Horizon, row.Horizon != 0, ref _anyHorizon);
        Column(_columns.Revisions, row.Revision, row.Revision != 0, ref _anyRevision);
        Column(_columns.KnownAt, row.KnownAt, row.KnownAt != 0, ref _anyKnownAt);
        if (row.Outdated)
        {
            _columns.Outdated.Add((uint)row.Place);
        }

        if (row.Replaced != 0)
        {
            _columns.Replacing.Add((uint)row.Place);
            Span<byte> id = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128LittleEndian(id, row.Replaced);
            _replaced.AddRange(id);
        }
    }

    /// <summary>Writes the entry with what was decided upon it.</summary>
    public byte[] Write(bool backfill, CountryOutcome outcome)
    {
        _columns.Backfill = backfill;
        _columns.Replaced = ByteString.CopyFrom([.. _replaced]);
        _columns.Ids = UnsafeByteOperations.UnsafeWrap(_ids.AsMemory(0, _idsLength));
        return new CountryEntry
        {
            Format = Format,
            Outcome = outcome,
            Observations = _columns,
        }.ToByteArray();
    }

    private uint NumberOf(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers.Add(text, number = (uint)_columns.Strings.Count);
            _columns.Strings.Add(text);
            _stringBytes += (3 * text.Length) + 4;
        }

        return number;
    }

    private void AddId(string id)
    {
        var most = Encoding.UTF8.GetMaxByteCount(id.Length);
        if (_ids.Length - _idsLength < most)
        {
            Array.Resize(ref _ids, Math.Max(_ids.Length * 2, _idsLength + most));
        }

        var length = Encoding.UTF8.GetBytes(id, _ids.AsSpan(_idsLength));
        _columns.IdLengths.Add((uint)length);
        _idsLength += length;
    }

    /// <summary>A column begins with the first row that is not at its default; those before it are filled in then.</summary>
    private void Column<T>(Google.Protobuf.Collections.RepeatedField<T> column, T value, bool set, ref bool any)
    {
        if (set || any)
        {
            any = true;
            Pad(column);
            column.Add(value);
        }
    }

    private void Pad<T>(Google.Protobuf.Collections.RepeatedField<T> column)
    {
        T filler = default!;
        while (column.Count < Count - 1)
        {
            column.Add(filler);
        }
    }
}
