using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Linq.Expressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>
/// A message as JSON and query strings see it: its fields by both of their names, in lowerCamelCase and as in the contract.
/// </summary>
internal sealed class JsonForm
{
    private static readonly ConcurrentDictionary<MessageDescriptor, JsonForm> s_forms = new();
    private readonly FrozenDictionary<string, FieldDescriptor> _fields;
    private readonly FrozenDictionary<string, FieldDescriptor>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Func<IMessage> _create;

    private JsonForm(MessageDescriptor descriptor)
    {
        Descriptor = descriptor;
        _fields = descriptor
            .Fields.InDeclarationOrder()
            .SelectMany(field => new[] { (Name: field.JsonName, Field: field), (field.Name, Field: field) })
            .DistinctBy(pair => pair.Name)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Field, StringComparer.Ordinal);
        _lookup = _fields.GetAlternateLookup<ReadOnlySpan<char>>();
        _create = Expression.Lambda<Func<IMessage>>(Expression.New(descriptor.ClrType)).Compile();
    }

    /// <summary>Gets the message's descriptor.</summary>
    public MessageDescriptor Descriptor { get; }

    /// <summary>The form of a message, made once.</summary>
    public static JsonForm Of(MessageDescriptor descriptor) => s_forms.GetOrAdd(descriptor, static descriptor => new(descriptor));

    /// <summary>Makes an empty message.</summary>
    public IMessage Create() => _create();

    /// <summary>The field of a name, or <see langword="null"/>.</summary>
    public FieldDescriptor? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var field) ? field : null;

    /// <summary>Says that there is no such name, and which one may have been meant.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="holder">What has no such field, such as "observation".</param>
    public string Unknown(string name, string holder)
    {
        var shown = Errors.Trailers.Echo(name);
        if (NearName.Of(name, _fields.Keys) is { } near)
        {
            return $"{holder} has no '{shown}'. Did you mean '{_fields[near].JsonName}'?";
        }

        var known = Descriptor.Fields.InDeclarationOrder().Select(field => field.JsonName).ToList();
        return known.Count == 0
            ? $"{holder} has no '{shown}': it has no fields at all. Leave it out."
            : $"{holder} has no '{shown}'. It has "
                + $"{string.Join(", ", known.Take(20))}{(known.Count > 20 ? $" and {known.Count - 20} more" : "")}.";
    }
}
