using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Fuzzing.Tests.Mutating;

/// <summary>
/// Makes messages of the contract with any values in them, among them those at the ends of their ranges and some that mean something.
/// </summary>
/// <param name="random">Draws; the same seed gives the same messages.</param>
internal sealed class RandomMessage(Random random)
{
    private static readonly string[] s_texts =
    [
        "",
        "XAA",
        "XAB",
        "SDN",
        "frameworks/atrocity-crimes",
        "thresholds/high",
        "cases/XAA-1",
        "frameworks/atrocity-crimes/risks/XAA",
        "high",
        "a",
        "A b",
        "\0",
        "\u202Ex",
        "\U0001F4A3",
        new('x', 300),
        "events",
        "trust",
        "source-1",
        "frameworks/",
        "/",
        ":",
        "low",
    ];

    private static readonly long[] s_moments = [0, 1, 1_700_000_000, 1_767_000_000, -62_135_596_800, 253_402_300_799];
    private static readonly double[] s_figures =
    [
        0,
        -0.0,
        1,
        -1,
        0.5,
        100,
        1e308,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.Epsilon,
        1e-300,
        2024,
    ];
    private static readonly long[] s_whole =
    [
        0,
        1,
        -1,
        2,
        7,
        100,
        1_000_000_000,
        int.MaxValue,
        int.MinValue,
        long.MaxValue,
        long.MinValue,
        1_700_000_000,
        253_402_300_799,
        253_402_300_800,
        -62_135_596_800,
        315_576_000_001,
    ];

    /// <summary>Makes one, of which messages lie in each other up to a depth.</summary>
    public IMessage Of(MessageDescriptor descriptor, int depth = 4)
    {
        var message = descriptor.Parser.ParseFrom([]);
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (random.Next(3) > 0 && (depth > 0 || field.FieldType != FieldType.Message))
            {
                Fill(message, field, depth);
            }
        }

        return message;
    }

    private void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            map[Value(field.MessageType.FindFieldByNumber(1), depth)] = Value(field.MessageType.FindFieldByNumber(2), depth);
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var count = random.Next(4); count > 0; count--)
            {
                list.Add(Value(field, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object Value(FieldDescriptor field, int depth) =>
        field.FieldType switch
        {
            FieldType.String => s_texts[random.Next(s_texts.Length)],
            FieldType.Bool => random.Next(2) == 0,
            FieldType.Double => s_figures[random.Next(s_figures.Length)],
            FieldType.Float => (float)s_figures[random.Next(s_figures.Length)],
            FieldType.Bytes => ByteString.CopyFromUtf8(s_texts[random.Next(s_texts.Length)]),
            FieldType.Enum => random.Next(6) - 1,
            FieldType.Message when field.MessageType == Timestamp.Descriptor && random.Next(4) > 0 => new Timestamp
            {
                Seconds = s_moments[random.Next(s_moments.Length)],
            },
            FieldType.Message when field.MessageType == Duration.Descriptor && random.Next(4) > 0 => new Duration
            {
                Seconds = random.Next(10_000_000),
            },
            FieldType.Message => Of(field.MessageType, depth - 1),
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => unchecked((int)Whole()),
            FieldType.UInt32 or FieldType.Fixed32 => unchecked((uint)Whole()),
            FieldType.UInt64 or FieldType.Fixed64 => unchecked((ulong)Whole()),
            _ => Whole(),
        };

    private long Whole() => s_whole[random.Next(s_whole.Length)];
}
