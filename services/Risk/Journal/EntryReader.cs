using System.Buffers.Binary;
using System.Text;
using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.Journal;

/// <summary>Reads entries back.</summary>
internal static class EntryReader
{
    /// <summary>Parses an entry.</summary>
    /// <exception cref="NewerFormatException">A newer build wrote it.</exception>
    public static CountryEntry Parse(ReadOnlyMemory<byte> payload)
    {
        var entry = CountryEntry.Parser.ParseFrom(payload.Span);
        return entry.Format <= EntryWriter.Format ? entry : throw new NewerFormatException(entry.Format);
    }

    /// <summary>Turns columns back into rows.</summary>
    public static ObservationRow[] Rows(Observations columns)
    {
        var rows = new ObservationRow[columns.Values.Count];
        var ids = columns.Ids.Span;
        long observed = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var length = (int)columns.IdLengths[i];
            observed += columns.ObservedDeltas[i];
            rows[i] = Row(columns, i, ids[..length], observed);
            ids = ids[length..];
        }

        foreach (var place in columns.Outdated)
        {
            rows[place].Outdated = true;
        }

        for (var i = 0; i < columns.Replacing.Count; i++)
        {
            rows[columns.Replacing[i]].Replaced = BinaryPrimitives.ReadUInt128LittleEndian(columns.Replaced.Span[(i * 16)..]);
        }

        return rows;
    }

    /// <summary>Turns one place of the columns back into a row, without what the entry says of its rank among others.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="place">The place.</param>
    /// <param name="id">The bytes of its id, which lie behind those of all before.</param>
    /// <param name="observed">When it held: the sum of what the column has up to this place.</param>
    public static ObservationRow Row(Observations columns, int place, ReadOnlySpan<byte> id, long observed) =>
        new()
        {
            Id = Encoding.UTF8.GetString(id),
            Indicator = columns.Strings[(int)columns.Indicators[place]],
            Source = columns.Strings[(int)columns.Sources[place]],
            Observed = observed,
            Value = columns.Values[place],
            PrecisionKind = (PrecisionKind)At(columns.PrecisionKinds, place),
            Precision = At(columns.Precisions, place),
            Horizon = At(columns.Horizons, place),
            Revision = At(columns.Revisions, place),
            KnownAt = At(columns.KnownAt, place),
            Place = place,
        };

    private static T At<T>(Google.Protobuf.Collections.RepeatedField<T> column, int row) => row < column.Count ? column[row] : default!;
}

/// <summary>An entry was written by a newer build, whose meaning this one cannot know.</summary>
internal sealed class NewerFormatException(int format)
    : Exception(
        $"The journal has an entry of format {format}, and this build reads up to {EntryWriter.Format}. Start the newer build again."
    );
