using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace EarlyWarning.ServiceDefaults.Contract;

/// <summary>What of the contract runs here.</summary>
internal static class ServedContract
{
    /// <summary>The services of the contract that are mapped, by name, with their comments.</summary>
    public static IEnumerable<ServiceDescriptor> Services(IServiceProvider provider)
    {
        var served = provider
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .ToHashSet();
        return DescriptorSet.Services.Where(service => served.Contains(service.FullName));
    }
}
