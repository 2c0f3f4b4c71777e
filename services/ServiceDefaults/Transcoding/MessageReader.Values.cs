using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <content>How one value is read, and what is said where another kind of value stands in its place.</content>
internal ref partial struct MessageReader
{
    private object? ReadValue(FieldDescriptor field)
    {
        if (!ValueText.IsOneValue(field))
        {
            if (!Starts(JsonTokenType.StartObject, "an object"))
            {
                return null;
            }

            var message = JsonForm.Of(field.MessageType).Create();
            ReadMessage(message);
            return message;
        }

        switch (_reader.TokenType, field.FieldType)
        {
            case (JsonTokenType.True or JsonTokenType.False, FieldType.Bool):
                return _reader.TokenType == JsonTokenType.True;
            case (JsonTokenType.String, not FieldType.Bool):
                return Text() is { } text ? Take(ValueText.Read(field, text, out var noText), noText) : null;
            case (JsonTokenType.Number, FieldType.Double or FieldType.Float):
                var number = _reader.TryGetDouble(out var read) ? read : double.PositiveInfinity;
                return Take(ValueText.Finite(field, number, double.IsFinite(number) ? "" : Raw(), out var notFinite), notFinite);
            case (JsonTokenType.Number, FieldType.Enum):
                return _reader.TryGetInt32(out var value)
                    ? Take(ValueText.OfEnum(field.EnumType, value, out var noEnum), noEnum)
                    : Expect(What(field));
            case (JsonTokenType.Number, not (FieldType.String or FieldType.Bool or FieldType.Message)):
                return _reader.TryGetDecimal(out var whole)
                    ? Take(ValueText.Whole(field, whole, out var notWhole), notWhole)
                    : Expect(What(field));
            default:
                return Expect(What(field));
        }
    }

    private bool Starts(JsonTokenType type, string what)
    {
        if (_reader.TokenType == type)
        {
            return true;
        }

        Expect(what);
        return false;
    }

    private object? Expect(string what)
    {
        var found = _reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            _ => Raw(),
        };
        Refuse($"Here belongs {what}, and not {found}.");
        _reader.Skip();
        return null;
    }

    private static string What(FieldDescriptor field) =>
        field.FieldType switch
        {
            FieldType.String => "a text",
            FieldType.Bool => "true or false",
            FieldType.Double or FieldType.Float => "a number",
            FieldType.Enum => $"a text that names a {field.EnumType.Name}",
            FieldType.Message when ValueText.IsMoment(field) => "a moment as text, such as \"2024-03-01T00:00:00Z\"",
            FieldType.Message => "a duration as text, such as \"86400s\"",
            _ => "a whole number",
        };

    private readonly object? Take(object? value, ValueFault fault)
    {
        if (value is null)
        {
            _faults.Add(fault.Reason, PathText(), $"{fault.Message} {PlaceText()}");
        }

        return value;
    }

    private readonly string? Text()
    {
        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape that is half of a pair.
            Refuse("The text has an escape that stands for no character.");
            return null;
        }
    }

    private readonly string Raw() => Encoding.UTF8.GetString(_reader.ValueSpan);
}
