using EarlyWarning.Host.Modules;
using EarlyWarning.ServiceDefaults.Hosting;
using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Host.Status;

/// <summary>
/// What gRPC's health service says: of the suite as a whole what <c>/readyz</c> says, of a service whether it serves, by those of the same
/// checks that concern it. A name that is no service's is not found.
/// </summary>
internal static class ServiceHealth
{
    /// <summary>The check that the store can be written, which concerns every service but the one that tells what is amiss.</summary>
    public const string Store = "store";

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    /// <summary>Maps each module's services to the checks that concern them.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="modules">The modules that run here.</param>
    /// <param name="elsewhere">Those that do not: a service of theirs serves where a process lives that runs it.</param>
    public static IServiceCollection AddServiceHealth(
        this IServiceCollection services,
        IEnumerable<Module> modules,
        params IEnumerable<Module> elsewhere
    ) =>
        services
            .Configure<HealthCheckPublisherOptions>(looks => (looks.Delay, looks.Period) = (TimeSpan.Zero, s_poll))
            .Configure<GrpcHealthChecksOptions>(health =>
            {
                // All who ask and all who watch are told of the same looks. A watch that began with a look of its own would miss what turns
                // back before the next common one.
                health.UseHealthChecksCache = true;
                health.Services.Map("", check => check.Tags.Contains(HealthTags.Ready));
                health.Services.Map(V1.ServerService.Descriptor.FullName, check => check.Tags.Contains(HealthTags.Live));
                health.Services.Map(V1.EventService.Descriptor.FullName, check => check.Name == Store);
                foreach (var module in modules)
                {
                    foreach (var service in module.Serves)
                    {
                        health.Services.Map(service.Descriptor.FullName, check =>
                            check.Name == Store || module.ReadyBy.Contains(check.Name)
                        );
                    }
                }

                foreach (var module in elsewhere)
                {
                    foreach (var service in module.Serves)
                    {
                        health.Services.Map(service.Descriptor.FullName, check => check.Name == Elsewhere(module));
                    }
                }
            });

    /// <summary>The name of the check that a process lives which runs a module.</summary>
    public static string Elsewhere(Module module) => $"runs-{module.Name}";

    /// <summary>Says of every service that it does not serve yet, until the first look.</summary>
    public static void UseServiceHealth(this IApplicationBuilder app)
    {
        var health = app.ApplicationServices.GetRequiredService<HealthServiceImpl>();
        foreach (var service in app.ApplicationServices.GetRequiredService<IOptions<GrpcHealthChecksOptions>>().Value.Services)
        {
            health.SetStatus(service.Name, HealthCheckResponse.Types.ServingStatus.NotServing);
        }
    }
}
