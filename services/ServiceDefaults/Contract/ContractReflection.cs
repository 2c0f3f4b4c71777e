using Grpc.Health.V1;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace EarlyWarning.ServiceDefaults.Contract;

/// <summary>
/// Reflection of what partners may call, with the contract's comments: its services that run here, health and reflection itself. What the
/// suite serves to its own sidecars is none of it.
/// </summary>
internal static class ContractReflection
{
    /// <summary>Adds reflection in both of its versions.</summary>
    public static IServiceCollection AddContractReflection(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new ReflectionV1ServiceImpl(Listed(provider)))
            .AddSingleton(provider => new ReflectionServiceImpl(Listed(provider)));

    /// <summary>Maps it.</summary>
    public static void MapContractReflection(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ReflectionV1ServiceImpl>();
        app.MapGrpcService<ReflectionServiceImpl>();
    }

    private static IEnumerable<ServiceDescriptor> Listed(IServiceProvider provider) =>
        [
            .. ServedContract.Services(provider),
            Health.Descriptor,
            Grpc.Reflection.V1.ServerReflection.Descriptor,
            Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
        ];
}
