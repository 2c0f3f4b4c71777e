using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Finds texts of a request with the character U+0000: PostgreSQL takes none, and no name, note or filter means one. Observations are
/// left out: each is judged, and answered, for itself. Thread-safe.
/// </summary>
internal static class TextFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> s_fields = new();

    /// <summary>The path of the first such text, as the contract names it; <see langword="null"/> for none.</summary>
    public static string? NulIn(IMessage message)
    {
        foreach (var field in s_fields.GetOrAdd(message.Descriptor, static descriptor => [.. FieldsOf(descriptor)]))
        {
            if (NulIn(field.Accessor.GetValue(message)) is { } within)
            {
                return field.Name + within;
            }
        }

        return null;
    }

    private static string? NulIn(object? value) =>
        value switch
        {
            string text => text.Contains('\0', StringComparison.Ordinal) ? "" : null,
            IMessage message => NulIn(message) is { } within ? $".{within}" : null,
            IDictionary map => NulInMap(map),
            IList many => NulInList(many),
            _ => null,
        };

    private static string? NulInMap(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            if ((NulIn(entry.Key) ?? NulIn(entry.Value)) is not null)
            {
                return "";
            }
        }

        return null;
    }

    private static string? NulInList(IList many)
    {
        for (var i = 0; i < many.Count; i++)
        {
            if (NulIn(many[i]) is { } within)
            {
                return $"[{i}]{within}";
            }
        }

        return null;
    }

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor message) =>
        message
            .Fields.InDeclarationOrder()
            .Where(field =>
                field.IsMap
                || field.FieldType == FieldType.String
                || (field.FieldType == FieldType.Message && field.MessageType != V1.Observation.Descriptor)
            );
}
