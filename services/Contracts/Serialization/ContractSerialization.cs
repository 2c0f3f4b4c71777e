using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace EarlyWarning.Contracts.Serialization;

/// <summary>Registers what grain calls need to carry the contract.</summary>
public static class ContractSerialization
{
    /// <summary>
    /// Lets grain calls carry protobuf messages, and the suite's own exceptions. Call once for each silo or Orleans client.
    /// </summary>
    public static IServiceCollection AddContractSerialization(this IServiceCollection services)
    {
        services.AddSingleton<ProtobufCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<ProtobufCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<ProtobufCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<ProtobufCodec>());

        // What a caller is told of a fault depends on its type.
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(EarlyWarning)));
        return services;
    }
}
