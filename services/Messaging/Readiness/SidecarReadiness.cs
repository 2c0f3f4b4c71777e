using Dapr;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Sidecars;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Proto = Dapr.Client.Autogen.Grpc.v1;

namespace EarlyWarning.Messaging.Readiness;

/// <summary>
/// Whether an app id's sidecar answers, carries the component, and has registered every subscription that the app asks for: daprd asks the
/// app only once, and an app that was not up yet would otherwise wait for events for ever.
/// </summary>
internal sealed class SidecarReadiness(SidecarConnection connection, ISubscriber? subscriber, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!connection.TryGet(out var clients))
        {
            return HealthCheckResult.Unhealthy($"The sidecar of {connection.AppId} has not started yet.");
        }

        using var deadline = new CancellationTokenSource(s_deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (!await clients.Dapr.CheckOutboundHealthAsync(both.Token))
            {
                return HealthCheckResult.Unhealthy(
                    $"The sidecar of {connection.AppId} at {clients.Endpoint.Http} is not healthy or does not answer."
                );
            }

            return Compare(await clients.MetadataAsync(both.Token), clients.Endpoint);
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && e is RpcException or DaprException or OperationCanceledException or HttpRequestException
            )
        {
            return HealthCheckResult.Unhealthy($"The sidecar of {connection.AppId} at {clients.Endpoint.Grpc} does not answer.", e);
        }
    }

    private HealthCheckResult Compare(Proto.GetMetadataResponse metadata, DaprEndpoint endpoint)
    {
        if (metadata.Id != connection.AppId)
        {
            return HealthCheckResult.Unhealthy($"The sidecar at {endpoint.Grpc} is that of {metadata.Id}, not of {connection.AppId}.");
        }

        if (metadata.RegisteredComponents.All(component => component.Name != Topics.PubSub))
        {
            return HealthCheckResult.Unhealthy($"The sidecar of {connection.AppId} has not loaded the pub/sub component {Topics.PubSub}.");
        }

        var registered = metadata
            .Subscriptions.Where(s => s.PubsubName == Topics.PubSub)
            .Select(s => s.Topic)
            .ToHashSet(StringComparer.Ordinal);
        var missing = subscriber?.Topics.Where(topic => !registered.Contains(topic)).ToList() ?? [];
        return missing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                $"The sidecar of {connection.AppId} has not registered its subscription to {string.Join(", ", missing)}."
            );
    }
}

internal static class SidecarReadinessExtensions
{
    /// <summary>The tag that Host's readiness page selects by.</summary>
    private const string Ready = "ready";

    /// <summary>Adds the check once, however often the app id is registered.</summary>
    public static void AddSidecarReadiness(this IServiceCollection services, string appId)
    {
        var name = $"dapr-{appId}";
        services.AddHealthChecks();
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            if (options.Registrations.All(registration => registration.Name != name))
            {
                options.Registrations.Add(
                    new(
                        name,
                        provider => new SidecarReadiness(
                            provider.GetRequiredKeyedService<SidecarConnection>(appId),
                            provider.GetKeyedService<ISubscriber>(appId),
                            provider.GetRequiredService<TimeProvider>()
                        ),
                        HealthStatus.Unhealthy,
                        [Ready]
                    )
                );
            }
        });
    }
}
