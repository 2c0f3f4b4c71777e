using System.Globalization;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Reads one value from text, by protobuf's JSON rules: as a query string gives it, or a JSON string.</summary>
internal static class ValueText
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether a field is one value: no message but a moment or a duration.</summary>
    public static bool IsOneValue(FieldDescriptor field) => field.FieldType != FieldType.Message || IsMoment(field) || IsDuration(field);

    /// <summary>Whether a field is a moment.</summary>
    public static bool IsMoment(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType.FullName == Timestamp.Descriptor.FullName;

    /// <summary>Whether a field is a duration.</summary>
    public static bool IsDuration(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType.FullName == Duration.Descriptor.FullName;

    /// <summary>Reads a value.</summary>
    /// <param name="field">The field that it is for.</param>
    /// <param name="text">The text.</param>
    /// <param name="fault">What is wrong where there is no value.</param>
    /// <returns>The value as the field's accessor takes it, or <see langword="null"/>.</returns>
    public static object? Read(FieldDescriptor field, string text, out ValueFault fault)
    {
        fault = default;
        switch (field.FieldType)
        {
            case FieldType.String:
                return text;
            case FieldType.Bool:
                return text switch
                {
                    "true" => true,
                    "false" => false,
                    _ => Refuse(text, "neither true nor false", out fault),
                };
            case FieldType.Double or FieldType.Float:
                return Plain(text) && double.TryParse(text, Number, CultureInfo.InvariantCulture, out var number)
                        ? Finite(field, number, text, out fault)
                    : text is "NaN" or "Infinity" or "-Infinity" ? NotFinite(text, out fault)
                    : Refuse(text, "no number", out fault);
            case FieldType.Enum:
                return OfEnum(field.EnumType, text, out fault);
            case FieldType.Message when IsMoment(field):
                return TimeText.ReadMoment(text) is { } moment ? moment : Refuse(text, TimeText.NoMoment(text), out fault);
            case FieldType.Message when IsDuration(field):
                return TimeText.ReadDuration(text) is { } duration
                    ? duration
                    : Refuse(text, "no duration: write seconds and an s, such as 86400s", out fault);
            default:
                return Plain(text) && decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out var whole)
                    ? Whole(field, whole, out fault)
                    : Refuse(text, "no whole number", out fault);
        }
    }

    /// <summary>Takes a number for a field of whole numbers, where it is whole and fits.</summary>
    public static object? Whole(FieldDescriptor field, decimal number, out ValueFault fault)
    {
        fault = default;
        var (least, most) = field.FieldType switch
        {
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => ((decimal)long.MinValue, (decimal)long.MaxValue),
            FieldType.UInt64 or FieldType.Fixed64 => (0, ulong.MaxValue),
            FieldType.UInt32 or FieldType.Fixed32 => (0, uint.MaxValue),
            _ => (int.MinValue, int.MaxValue),
        };
        if (number != decimal.Truncate(number))
        {
            return Refuse(number.ToString(CultureInfo.InvariantCulture), "no whole number", out fault);
        }

        if (number < least || number > most)
        {
            return Refuse(number.ToString(CultureInfo.InvariantCulture), $"not from {least} to {most}", out fault);
        }

        return field.FieldType switch
        {
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => (long)number,
            FieldType.UInt64 or FieldType.Fixed64 => (ulong)number,
            FieldType.UInt32 or FieldType.Fixed32 => (uint)number,
            _ => (int)number,
        };
    }

    /// <summary>Takes a number for a field of any numbers, where it is finite.</summary>
    public static object? Finite(FieldDescriptor field, double number, string text, out ValueFault fault)
    {
        fault = default;
        var fits = field.FieldType == FieldType.Float ? float.IsFinite((float)number) : double.IsFinite(number);
        return !fits ? NotFinite(text, out fault)
            : field.FieldType == FieldType.Float ? (float)number
            : number;
    }

    /// <summary>Takes a number for a field of an enum, where it stands for a value.</summary>
    public static object? OfEnum(EnumDescriptor type, int number, out ValueFault fault)
    {
        fault = default;
        return type.FindValueByNumber(number) is null
            ? Refuse(number.ToString(CultureInfo.InvariantCulture), $"no number of {type.Name}: write one of {Names(type)}", out fault)
            : Enum.ToObject(type.ClrType, number);
    }

    private static object? OfEnum(EnumDescriptor type, string text, out ValueFault fault)
    {
        fault = default;
        if (type.FindValueByName(text) is { } value)
        {
            return Enum.ToObject(type.ClrType, value.Number);
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return OfEnum(type, number, out fault);
        }

        return NearName.Of(text, type.Values.Select(named => named.Name)) is { } near
            ? Refuse(text, $"no {type.Name}: did you mean {near}", out fault, "?")
            : Refuse(text, $"no {type.Name}: write one of {Names(type)}", out fault);
    }

    private static string Names(EnumDescriptor type) =>
        string.Join(", ", type.Values.Where(value => value.Number != 0).Select(value => value.Name));

    // The styles let more pass than JSON's numbers: a plus, a lone point.
    private static bool Plain(string text) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiDigit(text[^1])
        && (char.IsAsciiDigit(text[0]) || (text[0] == '-' && char.IsAsciiDigit(text[1])));

    private static object? NotFinite(string text, out ValueFault fault)
    {
        fault = new(V1.ErrorReason.ValueNotFinite, $"'{Trailers.Echo(text)}' is no finite number. Leave out what was not measured.");
        return null;
    }

    private static object? Refuse(string text, string what, out ValueFault fault, string end = ".")
    {
        fault = new(V1.ErrorReason.InvalidField, $"'{Trailers.Echo(text)}' is {what}{end}");
        return null;
    }
}

/// <summary>Why a text is no value.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Message">What is wrong.</param>
internal readonly record struct ValueFault(V1.ErrorReason Reason, string Message);
