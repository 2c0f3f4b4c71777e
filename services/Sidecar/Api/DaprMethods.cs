using Dapr.Client.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Marshalling;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Api;

/// <summary>
/// Binds Dapr's service, of which the SDK has the client side only: the served methods to <see cref="DaprApi"/>, and every other one that
/// the service's descriptor names to a refusal that names it too.
/// </summary>
internal sealed class DaprMethods : IServiceMethodProvider<DaprApi>
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<DaprApi> context)
    {
        HashSet<string> served = new(StringComparer.Ordinal);
        Serve<PublishEventRequest, Google.Protobuf.WellKnownTypes.Empty>("PublishEvent", static (_, request, call) =>
            DaprApi.PublishEvent(request, call)
        );
        Serve<GetMetadataRequest, GetMetadataResponse>("GetMetadata", static (_, request, call) => DaprApi.GetMetadata(request, call));
        Serve<SetMetadataRequest, Google.Protobuf.WellKnownTypes.Empty>("SetMetadata", static (_, request, call) =>
            DaprApi.SetMetadata(request, call)
        );
        foreach (var name in Service().Methods.Select(method => method.Name).Where(name => !served.Contains(name)))
        {
            // On the wire a stream each way takes what any kind of method sends.
            context.AddDuplexStreamingMethod(
                new Method<byte[], byte[]>(MethodType.DuplexStreaming, DaprApi.ServiceName, name, s_bytes, s_bytes),
                [],
                (_, _, _, call) =>
                {
                    _ = DaprApi.Sidecar(call);
                    throw DaprApi.Refusal(name);
                }
            );
        }

        void Serve<TRequest, TResponse>(string name, UnaryServerMethod<DaprApi, TRequest, TResponse> method)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>, new()
        {
            served.Add(name);
            context.AddUnaryMethod(
                new Method<TRequest, TResponse>(
                    MethodType.Unary,
                    DaprApi.ServiceName,
                    name,
                    ProtoMarshaller<TRequest>.Instance,
                    ProtoMarshaller<TResponse>.Instance
                ),
                [],
                method
            );
        }
    }

    private static ServiceDescriptor Service() =>
        DaprReflection.Descriptor.Services.Single(service => service.FullName == DaprApi.ServiceName);
}
