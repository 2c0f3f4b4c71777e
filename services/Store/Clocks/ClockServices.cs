using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Store.Clocks;

/// <summary>Registers the suite's clock.</summary>
public static class ClockServices
{
    /// <summary>
    /// Makes a clock the suite's time, in place of any other, and watches it. Needs the store. It is registered after the store.
    /// </summary>
    public static IServiceCollection AddSuiteClock(this IServiceCollection services, SuiteClock clock)
    {
        services.RemoveAll<TimeProvider>();
        return services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddHostedService<ClockWatch>();
    }

    /// <summary>Gives whoever needs one a clock on the registered time, where the host has added none.</summary>
    public static IServiceCollection TryAddSuiteClock(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider =>
            provider.GetRequiredService<TimeProvider>() as SuiteClock ?? new SuiteClock(provider.GetRequiredService<TimeProvider>())
        );
        return services;
    }
}
