using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Yaml.Binding;

/// <summary>How one message is written in YAML, as <see cref="MessageForms"/> derives it, and where it is written otherwise.</summary>
public sealed class MessageForm
{
    private const string Method = "method";

    private readonly MessageDescriptor _message;
    private readonly MessageForms _forms;
    private readonly List<Slot> _slots;
    private readonly List<(FieldDescriptor Field, string[] When)> _inlined = [];
    private readonly List<Action<YamlMap, IMessage, string>> _then = [];
    private readonly List<string> _notes = [];
    private readonly OneofDescriptor? _method;
    private Func<YamlMap, string, IMessage?> _instead = static (_, _) => null;
    private string? _leading;

    internal MessageForm(MessageDescriptor message, MessageForms forms)
    {
        (_message, _forms) = (message, forms);
        _method = message.Oneofs.FirstOrDefault(oneof => oneof.Name == Method);
        _leading = _method is not null || message.FindFieldByName(Method) is not null ? Method : null;
        _slots =
        [
            .. message
                .Fields.InDeclarationOrder()
                .Where(field => field.Name != "etag" && !Is(field, FieldBehavior.OutputOnly))
                .Where(field => _method is null || field.ContainingOneof != _method)
                .Select(field => MessageSlots.Of(field, Is(field, FieldBehavior.Required), forms)),
        ];
    }

    /// <summary>Whether the message is a pair, so that a list of it may be written as a mapping of the first to the second.</summary>
    internal bool IsPair =>
        _message.Fields.InDeclarationOrder() is [{ FieldType: not FieldType.Message }, { FieldType: not FieldType.Message }]
        && _slots is [{ IsRequired: true }, { IsRequired: true }];

    /// <summary>Writes a field under another key.</summary>
    public MessageForm Key(string field, string key) => Change(field, slot => slot with { Key = key });

    /// <summary>Writes a field that is a resource name under another key, without the collection that it begins with.</summary>
    public MessageForm Id(string field, string key, string collection) => Change(field, slot => slot with { Key = key, Read = (
                    value,
                    inner
                ) =>
                    value.Text() is { Length: > 0 } text && !text.StartsWith(collection, StringComparison.Ordinal) ? collection + text
                    : value.IsText ? value.Text()
                    : null });

    /// <summary>Takes fields as not required, for which something else may stand.</summary>
    public MessageForm Optional(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            Change(field, slot => slot with { IsRequired = false });
        }

        return this;
    }

    /// <summary>Leaves fields out, which are read otherwise or not at all.</summary>
    public MessageForm Without(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            _slots.RemoveAt(IndexOf(field));
        }

        return this;
    }

    /// <summary>Writes the keys of a field's message beside this one's own.</summary>
    /// <param name="field">The field.</param>
    /// <param name="when">The keys of which one says that the field is there; none where it always is.</param>
    public MessageForm Inline(string field, params string[] when)
    {
        _inlined.Add((_message.FindFieldByName(field), when));
        return Without(field);
    }

    /// <summary>Lets a text alone stand for a mapping with this key.</summary>
    public MessageForm Leading(string key)
    {
        _leading = key;
        return this;
    }

    /// <summary>Takes a key that is for people who read the file: the contract has no field for it.</summary>
    public MessageForm Note(string key)
    {
        _notes.Add(key);
        return this;
    }

    /// <summary>Reads the whole message otherwise, where the delegate gives one.</summary>
    public MessageForm Instead(Func<YamlMap, string, IMessage?> read)
    {
        _instead = read;
        return this;
    }

    /// <summary>Reads further keys, when the others have been read.</summary>
    public MessageForm Then<T>(Action<YamlMap, T, string> read)
        where T : IMessage
    {
        ArgumentNullException.ThrowIfNull(read);
        _then.Add((map, message, field) => read(map, (T)message, field));
        return this;
    }

    internal IMessage? Read(YamlValue value, string field)
    {
        value.Reading.Places.Add(field, value.Place);
        return value.Map(_leading) is { } map ? Read(map, field) : null;
    }

    internal IMessage Read(YamlMap map, string field)
    {
        map.Reading.Places.Add(field, map.Place);
        if (_instead(map, field) is { } other)
        {
            return other;
        }

        var message = MessageSlots.New(_message);
        ReadInto(map, field, message);
        map.Done();
        return message;
    }

    /// <summary>Reads a pair, whose first part stands as a key and the second as its value.</summary>
    internal IMessage ReadPair(YamlValue first, YamlValue second, string field)
    {
        first.Reading.Places.Add(field, first.Place);
        var message = MessageSlots.New(_message);
        foreach (var (slot, value) in _slots.Zip([first, second]))
        {
            slot.Fill(value, field, message);
        }

        return message;
    }

    internal void ReadInto(YamlMap map, string field, IMessage message)
    {
        foreach (var slot in _slots)
        {
            slot.Fill(map, field, message);
        }

        foreach (var (inlined, when) in _inlined)
        {
            if (when.Length == 0 || map.HasAny(when))
            {
                ReadBeside(map, field, message, inlined);
            }
        }

        if (_method is not null)
        {
            ReadMethod(map, field, message);
        }

        foreach (var oneof in _message.Oneofs.Where(oneof => !oneof.IsSynthetic && oneof != _method))
        {
            CheckOneof(map, oneof);
        }

        map.Ignore([.. _notes]);
        _then.ForEach(read => read(map, message, field));
    }

    private void ReadMethod(YamlMap map, string field, IMessage message)
    {
        var methods = _method!.Fields.ToDictionary(method => KnownWords.Kebab(method.Name));
        if (map.Need(Method) is { } value && value.Word(methods) is { } chosen)
        {
            ReadBeside(map, field, message, chosen);
        }
        else
        {
            // What its parameters are is not known.
            map.Ignore([.. map.Keys]);
        }
    }

    private void ReadBeside(YamlMap map, string field, IMessage message, FieldDescriptor inlined)
    {
        var (inner, part) = ($"{field}.{inlined.Name}", MessageSlots.New(inlined.MessageType));
        map.Reading.Places.Add(inner, map.Place);
        _forms.Of(inlined.MessageType).ReadInto(map, inner, part);
        inlined.Accessor.SetValue(message, part);
    }

    private void CheckOneof(YamlMap map, OneofDescriptor oneof)
    {
        List<string[]> keys =
        [
            .. _inlined.Where(one => one.Field.ContainingOneof == oneof).Select(one => one.When),
            .. _slots.Where(slot => oneof.Fields.Any(one => one.Name == slot.Field)).Select(slot => new[] { slot.Key }),
        ];
        if (keys.Count > 0 && keys.Count(map.HasAny) != 1)
        {
            string[] shown = [.. keys.Select(some => $"'{some[0]}'")];
            map.Fault("", $"Give one of {string.Join(", ", shown.SkipLast(1))} and {shown[^1]}.");
        }
    }

    private MessageForm Change(string field, Func<Slot, Slot> change)
    {
        var at = IndexOf(field);
        _slots[at] = change(_slots[at]);
        return this;
    }

    private int IndexOf(string field) =>
        _slots.FindIndex(slot => slot.Field == field) is >= 0 and var at
            ? at
            : throw new ArgumentException($"{_message.Name} has no field {field} to be written.", nameof(field));

    private static bool Is(FieldDescriptor field, FieldBehavior behaviour) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(behaviour) == true;
}
