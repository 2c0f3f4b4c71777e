using System.Buffers;
using System.Collections.Concurrent;
using Google.Protobuf;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace EarlyWarning.Contracts.Serialization;

/// <summary>
/// Carries messages of the public contract through grain calls. A message handed to a grain is never changed afterwards by either side, so
/// a call inside one silo passes it as it is, without a copy.
/// </summary>
[Alias("protobuf")]
public sealed class ProtobufCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    private static readonly ConcurrentDictionary<Type, MessageParser> s_parsers = new();

    /// <inheritdoc />
    public bool IsSupportedType(Type type) => typeof(IMessage).IsAssignableFrom(type) && !type.IsAbstract;

    /// <inheritdoc />
    public bool? IsTypeAllowed(Type type) => IsSupportedType(type) ? true : null;

    /// <inheritdoc />
    public object? DeepCopy(object? input, CopyContext context) => input;

    /// <inheritdoc />
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value!))
        {
            return;
        }

        // The reader is not told which type was expected, so the type is always written.
        writer.WriteFieldHeader(fieldIdDelta, null!, value!.GetType(), WireType.LengthPrefixed);
        var bytes = ((IMessage)value).ToByteArray();
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    /// <inheritdoc />
    public object ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference(ref reader, field.FieldType!)!;
        }

        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        var bytes = reader.ReadBytes(reader.ReadVarUInt32());
        var message = ParserOf(field.FieldType!).ParseFrom(bytes);
        ReferenceCodec.RecordObject(reader.Session, message, placeholder);
        return message;
    }

    private static MessageParser ParserOf(Type type) =>
        s_parsers.GetOrAdd(type, static t => (MessageParser)t.GetProperty("Parser")!.GetValue(null)!);
}
