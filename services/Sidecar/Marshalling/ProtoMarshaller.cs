using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Marshalling;

/// <summary>Reads and writes a message straight from and to gRPC's buffers.</summary>
internal static class ProtoMarshaller<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageParser<T> s_parser = new(() => new T());

    public static Marshaller<T> Instance { get; } =
        Marshallers.Create(
            static (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            static context => s_parser.ParseFrom(context.PayloadAsReadOnlySequence())
        );
}
