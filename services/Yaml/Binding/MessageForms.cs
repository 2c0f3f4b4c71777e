using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Yaml.Binding;

/// <summary>
/// How messages of the contract are written in YAML, one form a message. A form follows from the message's descriptor: a field is a key
/// with hyphens, <c>display_name</c> is <c>name</c>; choices are their words (<c>increasing</c>), durations <c>90d</c>; what the contract
/// requires is required, what only the suite sets is not known. A oneof named <c>method</c> is the name of one of its messages under that
/// key, with the message's fields beside it, or the name alone; of another oneof one key is given. A list of pairs may be a mapping. What
/// a file has otherwise, its form says. Not thread-safe; forms may hold what one reading needs.
/// </summary>
public sealed class MessageForms
{
    private readonly Dictionary<MessageDescriptor, MessageForm> _forms = [];

    /// <summary>Says how a message is written otherwise than its descriptor has it.</summary>
    public MessageForms With(MessageDescriptor message, Action<MessageForm> form)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(form);
        form(Of(message));
        return this;
    }

    /// <summary>Reads a message; <see langword="null"/> and a fault where the value is no mapping.</summary>
    /// <param name="value">Where it stands.</param>
    /// <param name="field">What it is called where faults are found later.</param>
    public T? Read<T>(YamlValue value, string field)
        where T : class, IMessage, new() => (T?)Of(new T().Descriptor).Read(value, field);

    /// <summary>Reads a message from a mapping.</summary>
    public T Read<T>(YamlMap map, string field)
        where T : class, IMessage, new() => (T)Of(new T().Descriptor).Read(map, field);

    /// <summary>Reads a list of messages; empty where the key is absent.</summary>
    public IReadOnlyList<T> ReadList<T>(YamlMap map, string key, string field)
        where T : class, IMessage, new()
    {
        ArgumentNullException.ThrowIfNull(map);
        return [.. (map.Get(key)?.Items() ?? []).Select((item, i) => Read<T>(item, $"{field}[{i}]")).OfType<T>()];
    }

    /// <summary>Reads the keys of a message into it, from a mapping that holds others too.</summary>
    public void ReadInto(YamlMap map, string field, IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Of(message.Descriptor).ReadInto(map, field, message);
    }

    internal MessageForm Of(MessageDescriptor message)
    {
        if (!_forms.TryGetValue(message, out var form))
        {
            _forms.Add(message, form = new(message, this));
        }

        return form;
    }
}
