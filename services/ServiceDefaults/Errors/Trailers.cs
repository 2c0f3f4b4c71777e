using System.Text;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Keeps errors within what any client takes as trailers: C-core refuses some 8 KB and names another error instead, and a Node client's
/// whole channel hangs on 60 KB. What an error echoes of a request may be as long as the request.
/// </summary>
public static class Trailers
{
    /// <summary>The most bytes of a message as it is sent, percent-encoded.</summary>
    internal const int MessageBytes = 1_500;

    private const int FieldBytes = 300;
    private const int ValueBytes = 300;

    /// <summary>The most bytes of an error as a client reads it: its message, and its details in base64.</summary>
    private const int MostBytes = 6 * 1024;

    private const int DescriptionBytes = 600;

    /// <summary>The most bytes of all violations; they are sent in base64, with the message before them once more.</summary>
    private const int ViolationBytes = 1_800;

    /// <summary>What a detail's type and length take around it.</summary>
    private const int Frame = 60;

    /// <summary>What the names of the trailers take.</summary>
    private const int KeyBytes = 60;

    private const char Ellipsis = '…';

    /// <summary>Cuts what a caller sent before it is echoed, and shows control characters as escapes.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="length">The most characters that are kept.</param>
    /// <returns>The text, with an ellipsis where something is left out.</returns>
    public static string Echo(string text, int length = 80)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length && !text.Any(char.IsControl) ? text : Fit(text, int.MaxValue, length);
    }

    /// <summary>Cuts a text to a number of bytes as a header carries it; control characters become escapes.</summary>
    internal static string Fit(string text, int bytes, int characters = int.MaxValue)
    {
        if (text.Length <= bytes / 9 && text.Length <= characters && !text.Any(char.IsControl))
        {
            return text;
        }

        var kept = new StringBuilder();
        var (size, room) = (0, bytes - CostOf(new Rune(Ellipsis)));
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            // A lone surrogate comes out as U+FFFD: it cannot be sent.
            _ = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            var shown = Rune.IsControl(rune) ? $"\\u{rune.Value:x4}" : rune.ToString();
            var cost = Rune.IsControl(rune) ? shown.Length : CostOf(rune);
            if (size + cost > room || kept.Length + shown.Length > characters)
            {
                return kept.Append(Ellipsis).ToString();
            }

            kept.Append(shown);
            size += cost;
            rest = rest[length..];
        }

        return kept.ToString();
    }

    /// <summary>Takes as many violations as fit, and says how many more there are.</summary>
    internal static BadRequest Fit(IEnumerable<BadRequest.Types.FieldViolation> violations)
    {
        var (fitting, size, more) = (new BadRequest(), 0, 0);
        foreach (var violation in violations)
        {
            var cut = new BadRequest.Types.FieldViolation
            {
                Field = Fit(violation.Field, FieldBytes),
                Description = Fit(violation.Description, DescriptionBytes),
            };
            size += cut.CalculateSize() + 4;
            if (size > ViolationBytes)
            {
                more++;
            }
            else
            {
                fitting.FieldViolations.Add(cut);
            }
        }

        if (more > 0)
        {
            fitting.FieldViolations.Add(new BadRequest.Types.FieldViolation { Description = $"And {more} more." });
        }

        return fitting;
    }

    /// <summary>
    /// Adds an error's ErrorInfo with the values that there is room for, each cut to a length and the first of a key: what was said in the
    /// message and the violations comes first.
    /// </summary>
    internal static void Add(Google.Rpc.Status status, ErrorInfo info, IEnumerable<(string Key, string Value)> metadata)
    {
        var room = RoomIn(status) - info.CalculateSize() - Frame;
        foreach (var (key, value) in metadata.Where(pair => pair.Value.Length > 0))
        {
            var cut = Fit(value, ValueBytes);
            var size = key.Length + Encoding.UTF8.GetByteCount(cut) + 8;
            if (size <= room && !info.Metadata.ContainsKey(key))
            {
                info.Metadata.Add(key, cut);
                room -= size;
            }
        }

        status.Details.Insert(0, Any.Pack(info));
    }

    /// <summary>How many bytes of details an error has room for yet.</summary>
    internal static int RoomIn(Google.Rpc.Status status) =>
        ((MostBytes - CostOf(status.Message) - KeyBytes) / 4 * 3) - status.CalculateSize();

    private static int CostOf(string text) => text.EnumerateRunes().Sum(CostOf);

    /// <summary>A header carries what is not printable ASCII, and the percent sign, as three characters a byte.</summary>
    private static int CostOf(Rune rune) => rune.Value is >= 0x20 and < 0x7f and not '%' ? 1 : 3 * rune.Utf8SequenceLength;
}
