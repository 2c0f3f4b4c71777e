using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>
/// What a request says, as a digest of each of its fields, so that two can be compared and the fields named in which they differ. How it is
/// to be checked is no part of it: its id, <c>validate_only</c>, and etags, which somebody may have read anew in between.
/// </summary>
internal static class RequestContent
{
    private const int Digits = 16;

    /// <summary>Writes a request's content.</summary>
    public static string Of(IMessage request)
    {
        var said = Copy(request);
        Clear(said, "request_id", "validate_only", "etag");
        foreach (var field in Fields(said).Where(field => field is { IsRepeated: false, FieldType: FieldType.Message }))
        {
            if (field.Accessor.GetValue(said) is IMessage resource)
            {
                Clear(resource, "etag");
            }
        }

        return string.Join(' ', Fields(said).Where(field => IsSet(field, said)).Select(field => $"{field.Name}:{DigestOf(said, field)}"));
    }

    /// <summary>Names the fields in which two contents differ.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var (first, second) = (
            one.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            other.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return [.. first.Except(second).Concat(second.Except(first)).Select(field => field.Split(':')[0]).Distinct(StringComparer.Ordinal)];
    }

    private static string DigestOf(IMessage said, FieldDescriptor field)
    {
        var alone = Copy(said);
        Clear(alone, [.. Fields(said).Where(other => other != field).Select(other => other.Name)]);
        return Convert.ToHexStringLower(SHA256.HashData(alone.ToByteArray()))[..Digits];
    }

    private static bool IsSet(FieldDescriptor field, IMessage message) =>
        field.Accessor.GetValue(message) switch
        {
            System.Collections.ICollection many => many.Count > 0,
            _ when field.HasPresence => field.Accessor.HasValue(message),
            string text => text.Length > 0,
            bool flag => flag,
            ByteString bytes => !bytes.IsEmpty,
            IConvertible number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) != 0,
            _ => true,
        };

    private static void Clear(IMessage message, params string[] names)
    {
        foreach (var field in Fields(message).Where(field => names.Contains(field.Name, StringComparer.Ordinal)))
        {
            field.Accessor.Clear(message);
        }
    }

    private static IList<FieldDescriptor> Fields(IMessage message) => message.Descriptor.Fields.InFieldNumberOrder();

    private static IMessage Copy(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());
}
