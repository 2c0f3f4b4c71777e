using System.Collections;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>
/// Reads a message from JSON in one pass, by protobuf's JSON rules and without a silent one among them: members that the message does not
/// have, that come twice, or that hold another type of value are refused by their path and place. Values are absent where JSON says null.
/// </summary>
internal ref partial struct MessageReader
{
    /// <summary>How deep messages may lie in each other: protobuf's own limit.</summary>
    internal const int MostDepth = 100;

    private readonly ReadOnlySpan<byte> _json;
    private readonly RequestFaults _faults;
    private readonly List<(FieldDescriptor Field, int Index)> _path = [];
    private readonly string _holder;
    private Utf8JsonReader _reader;

    private MessageReader(ReadOnlySpan<byte> json, string holder, RequestFaults faults)
    {
        _json = json;
        (_holder, _faults) = (holder, faults);

        // A message may lie in a list and in a map's entry each time.
        _reader = new(json, new JsonReaderOptions { MaxDepth = MostDepth * 3 });
    }

    /// <summary>Reads a message.</summary>
    /// <param name="json">The JSON, in UTF-8.</param>
    /// <param name="message">Where it is read into.</param>
    /// <param name="holder">What the message is called, such as "the request".</param>
    /// <exception cref="Grpc.Core.RpcException">It is no JSON object; or some of it is refused, all of which is named.</exception>
    public static void Read(ReadOnlySpan<byte> json, IMessage message, string holder)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json))
        {
            throw RequestFaults.Malformed("", $"The body is not UTF-8: byte {InvalidAt(json)} belongs to no character.");
        }

        var faults = new RequestFaults();
        var reader = new MessageReader(json, holder, faults);
        try
        {
            reader.ReadAll(message);
        }
        catch (JsonException exception) when (reader._reader.CurrentDepth >= MostDepth * 3 - 1)
        {
            throw RequestFaults.Malformed("", TooDeep(exception.LineNumber, exception.BytePositionInLine));
        }
        catch (JsonException exception)
        {
            throw RequestFaults.Malformed(
                "",
                json.IsEmpty
                    ? "The body is empty. Send a JSON object, {} for one without members."
                    : $"The body is no JSON from {Place(exception.LineNumber, exception.BytePositionInLine)} on: see what stands there, "
                        + $"and before it."
            );
        }

        faults.ThrowIfAny();
    }

    private void ReadAll(IMessage message)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw RequestFaults.Malformed("", "The body must be a JSON object: it starts with {.");
        }

        ReadMessage(message);
        if (!_faults.Full)
        {
            // Throws where more follows.
            _reader.Read();
        }
    }

    private void ReadMessage(IMessage message)
    {
        if (_path.Count >= MostDepth)
        {
            var (line, at) = PlaceOf(_reader.TokenStartIndex);
            throw RequestFaults.Malformed(_path[0].Field.Name, TooDeep(line, at));
        }

        var form = JsonForm.Of(message.Descriptor);
        Span<ulong> seen = stackalloc ulong[(message.Descriptor.Fields.InDeclarationOrder().Count + 63) / 64];
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName && !_faults.Full)
        {
            if (FieldOfName(form) is not { } field)
            {
                _reader.Skip();
                continue;
            }

            _path.Add((field, -1));
            if ((seen[field.Index / 64] & (1UL << field.Index % 64)) != 0)
            {
                Refuse($"'{field.JsonName}' is there twice. Give one value.");
                _reader.Skip();
            }
            else
            {
                seen[field.Index / 64] |= 1UL << field.Index % 64;
                _reader.Read();
                ReadField(message, field);
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }

    private readonly FieldDescriptor? FieldOfName(JsonForm form)
    {
        Span<char> name = stackalloc char[128];
        if (!_reader.ValueIsEscaped && _reader.ValueSpan.Length <= name.Length && form.Find(name[.._reader.CopyString(name)]) is { } field)
        {
            return field;
        }

        if (Text() is not { } given)
        {
            return null;
        }

        if (form.Find(given) is { } escaped)
        {
            return escaped;
        }

        var path = PathText();
        _faults.Add(
            V1.ErrorReason.UnknownField,
            path.Length == 0 ? given : $"{path}.{given}",
            $"{form.Unknown(given, path.Length == 0 ? _holder : $"'{path}'")} {PlaceText()}"
        );
        return null;
    }

    private void ReadField(IMessage message, FieldDescriptor field)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) is { } other)
        {
            Refuse($"'{field.JsonName}' and '{other.JsonName}' exclude each other. Give one of them.");
            _reader.Skip();
        }
        else if (field.IsMap)
        {
            ReadMap((IDictionary)field.Accessor.GetValue(message), field.MessageType);
        }
        else if (field.IsRepeated)
        {
            ReadList((IList)field.Accessor.GetValue(message), field);
        }
        else if (ReadValue(field) is { } value)
        {
            field.Accessor.SetValue(message, value);
        }
    }

    private void ReadList(IList list, FieldDescriptor field)
    {
        if (!Starts(JsonTokenType.StartArray, "a list"))
        {
            return;
        }

        for (var i = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; i++)
        {
            _path[^1] = (field, i);
            if (_reader.TokenType == JsonTokenType.Null)
            {
                Refuse("A list has no empty places: null is no value.");
            }
            else if (ReadValue(field) is { } value)
            {
                list.Add(value);
            }

            if (_faults.Full)
            {
                return;
            }
        }

        _path[^1] = (field, -1);
    }

    private void ReadMap(IDictionary map, MessageDescriptor entry)
    {
        if (!Starts(JsonTokenType.StartObject, "an object"))
        {
            return;
        }

        var (keyField, valueField) = (entry.FindFieldByNumber(1), entry.FindFieldByNumber(2));
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName && !_faults.Full)
        {
            var text = Text();
            var key = text is null ? null : Take(ValueText.Read(keyField, text, out var fault), fault);
            if (key is null)
            {
                _reader.Skip();
            }
            else if (map.Contains(key))
            {
                Refuse($"The key '{Errors.Trailers.Echo(text!)}' is there twice. Give one value.");
                _reader.Skip();
            }
            else if (_reader.Read() && _reader.TokenType == JsonTokenType.Null)
            {
                Refuse($"The key '{Errors.Trailers.Echo(text!)}' has no value: null is none.");
            }
            else if (ReadValue(valueField) is { } value)
            {
                map.Add(key, value);
            }
        }
    }
}
