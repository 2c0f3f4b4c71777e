using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;

namespace EarlyWarning.Contracts.Placement;

/// <summary>Registers how grains find their place.</summary>
public static class ContractPlacement
{
    /// <summary>Lets a silo place grains at their home, though it could have none of them itself. Call once for each silo.</summary>
    public static IServiceCollection AddContractPlacement(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<PlacementStrategy, HomePlacement>(nameof(HomePlacement))
            .AddKeyedSingleton<IPlacementDirector, Director>(typeof(HomePlacement));

    private sealed class Director : IPlacementDirector
    {
        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            Task.FromResult(HomePlacement.Of(target.GrainIdentity, context.GetCompatibleSilos(target)));
    }
}
