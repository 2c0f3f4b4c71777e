using System.Buffers;
using System.Globalization;
using System.Text;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <content>Where in the message and in the text a fault stands.</content>
internal ref partial struct MessageReader
{
    private readonly void Refuse(string message) => _faults.Add(V1.ErrorReason.InvalidField, PathText(), $"{message} {PlaceText()}");

    private readonly string PathText()
    {
        var text = new StringBuilder();
        foreach (var (field, index) in _path)
        {
            text.Append(text.Length > 0 ? "." : "").Append(field.Name);
            _ = index < 0 ? text : text.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }

        return text.ToString();
    }

    private readonly string PlaceText()
    {
        var (line, at) = PlaceOf(_reader.TokenStartIndex);
        return $"It stands in {Place(line, at)}.";
    }

    private readonly (long Line, long At) PlaceOf(long index)
    {
        var before = _json[..(int)index];
        return (before.Count((byte)'\n'), before.Length - 1 - before.LastIndexOf((byte)'\n'));
    }

    private static string Place(long? line, long? at) => $"line {line + 1 ?? 1}, at byte {at + 1 ?? 1}";

    private static string TooDeep(long? line, long? at) =>
        $"The body is nested too deep in {Place(line, at)}: messages may lie {MostDepth} deep in each other.";

    private static int InvalidAt(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (at < json.Length && Rune.DecodeFromUtf8(json[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at + 1;
    }
}
