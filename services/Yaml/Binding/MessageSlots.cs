using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Yaml.Binding;

/// <summary>What becomes of a message's fields by their types.</summary>
internal static class MessageSlots
{
    private static readonly ConcurrentDictionary<EnumDescriptor, IReadOnlyDictionary<string, object>> s_words = [];

    /// <summary>The key that a field is written under unless its form says otherwise, and how it is read.</summary>
    public static Slot Of(FieldDescriptor field, bool isRequired, MessageForms forms)
    {
        var key = KnownWords.Kebab(field.Name == "display_name" ? "name" : field.Name);
        var one = ReaderOf(field, forms);
        return field.IsRepeated
            ? new(
                key,
                field.Name,
                isRequired,
                (value, inner) => ReadAll(value, inner, field, one, forms),
                (made, read) => PutAll(made, read, field)
            )
            : new(key, field.Name, isRequired, one, (made, read) => field.Accessor.SetValue((IMessage)made, read));
    }

    /// <summary>An empty message.</summary>
    public static IMessage New(MessageDescriptor message) => message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);

    private static ValueReader ReaderOf(FieldDescriptor field, MessageForms forms) =>
        field.FieldType switch
        {
            FieldType.String => static (value, _) => value.Text(),
            FieldType.Double => static (value, _) => value.Number(),
            FieldType.Bool => static (value, _) => value.Flag(),
            FieldType.Int32 => static (value, _) => (int?)value.Whole(int.MinValue, int.MaxValue),
            FieldType.Int64 => static (value, _) => value.Whole(),
            FieldType.Enum => (value, _) => value.Word(WordsOf(field.EnumType)),
            FieldType.Message when field.IsMap => (value, _) => throw Unread(field),
            FieldType.Message when field.MessageType == Duration.Descriptor => static (value, _) =>
                value.Span() is { } span ? Duration.FromTimeSpan(span) : null,
            FieldType.Message when field.MessageType == Timestamp.Descriptor => static (value, _) =>
                value.Moment() is { } moment ? Timestamp.FromDateTimeOffset(moment) : null,
            FieldType.Message => (value, inner) => forms.Of(field.MessageType).Read(value, inner),
            _ => (_, _) => throw Unread(field),
        };

    private static NotSupportedException Unread(FieldDescriptor field) => new($"{field.FullName} is of a type that no file has.");

    private static List<object> ReadAll(YamlValue value, string field, FieldDescriptor of, ValueReader one, MessageForms forms)
    {
        List<object> all = [];
        if (value.IsMap && of.FieldType == FieldType.Message && forms.Of(of.MessageType) is { IsPair: true } pair)
        {
            foreach (var (key, second) in value.Map()!.Pairs())
            {
                all.Add(pair.ReadPair(key, second, $"{field}[{all.Count}]"));
            }

            return all;
        }

        foreach (var item in value.Items())
        {
            var inner = $"{field}[{all.Count}]";
            value.Reading.Places.Add(inner, item.Place);
            if (one(item, inner) is { } read)
            {
                all.Add(read);
            }
        }

        return all;
    }

    private static void PutAll(object made, object read, FieldDescriptor field)
    {
        var list = (IList)field.Accessor.GetValue((IMessage)made);
        foreach (var item in (List<object>)read)
        {
            list.Add(item);
        }
    }

    // AGGREGATION_GEOMETRIC of Aggregation is geometric; what stands for no choice is not offered.
    private static IReadOnlyDictionary<string, object> WordsOf(EnumDescriptor choice) =>
        s_words.GetOrAdd(choice, static choice =>
            choice
                .Values.Where(value => value.Number != 0)
                .ToDictionary(
                    value => KnownWords.Kebab(value.Name.ToLowerInvariant())[(KnownWords.Kebab(choice.Name).Length + 1)..],
                    value => System.Enum.ToObject(choice.ClrType, value.Number)
                )
        );
}
