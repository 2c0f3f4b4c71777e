using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace EarlyWarning.Host.Modules;

/// <summary>A service of the contract.</summary>
/// <param name="Descriptor">What the contract says of it.</param>
/// <param name="MapElsewhere">
/// Maps its paths, in gRPC and JSON, where a process does not run it: the contract, and what is said of paths, is the same at each of a
/// suite's addresses.
/// </param>
internal sealed record ContractService(ServiceDescriptor Descriptor, Action<IEndpointRouteBuilder, ForwardedService> MapElsewhere)
{
    /// <summary>Describes one by the base class that was made of the contract, which has its paths and answers nothing.</summary>
    public static ContractService Of<TBase>(ServiceDescriptor descriptor)
        where TBase : class => new(descriptor, (app, elsewhere) => app.MapGrpcService<TBase>().WithMetadata(elsewhere));
}
