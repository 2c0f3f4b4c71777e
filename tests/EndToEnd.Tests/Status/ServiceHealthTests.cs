using System.Net;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Status;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthService = Grpc.Health.V1.Health;
using ServerService = EarlyWarning.V1.ServerService;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>What gRPC's health service says of each service follows the checks that concern it.</summary>
public sealed class ServiceHealthTests : IAsyncLifetime
{
    private readonly HashSet<string> _amiss = [];
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private static IEnumerable<string> Checks =>
        ModuleTable.All.SelectMany(module => module.ReadyBy).Append(ServiceHealth.Store).Distinct();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.AddServiceDefaults(1 << 20, callers: _ => { });
        builder.Services.AddServiceHealth(ModuleTable.All);
        builder.Services.Configure<HealthCheckPublisherOptions>(looks => looks.Period = TimeSpan.FromSeconds(1));
        foreach (var name in Checks)
        {
            builder.Services.AddHealthChecks().AddCheck(name, () => Of(name), [HealthTags.Ready]);
        }

        builder.Services.AddHealthChecks().AddCheck("loops", () => HealthCheckResult.Healthy(), [HealthTags.Live]);
        _app = builder.Build();
        _app.UseServiceHealth();
        _app.MapServiceDefaults();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _channel = GrpcChannel.ForAddress(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public Task Check_NothingAmiss_EveryServiceServes() => NotServingAsync();

    [Fact]
    public async Task Check_StoreAmiss_OnlyTheServiceThatTellsItServes()
    {
        Set(ServiceHealth.Store, amiss: true);

        await NotServingAsync(["", .. Services().Except([ServerService.Descriptor.FullName])]);
    }

    [Fact]
    public async Task Check_OnePartAmiss_TheOthersServe()
    {
        Set("dapr-escalation", amiss: true);

        await NotServingAsync("", CaseService.Descriptor.FullName);
    }

    [Fact]
    public async Task Watch_PartComesAndGoes_TellsEachChange()
    {
        Set("dapr-escalation", amiss: true);
        await NotServingAsync("", CaseService.Descriptor.FullName);
        using var watch = new HealthService.HealthClient(_channel).Watch(
            new() { Service = CaseService.Descriptor.FullName },
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal(ServingStatus.NotServing, await NextAsync());
        Set("dapr-escalation", amiss: false);
        Assert.Equal(ServingStatus.Serving, await NextAsync());
        Set("dapr-escalation", amiss: true);
        Assert.Equal(ServingStatus.NotServing, await NextAsync());

        async Task<ServingStatus> NextAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            Assert.True(await watch.ResponseStream.MoveNext(patience.Token));
            return watch.ResponseStream.Current.Status;
        }
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new HealthService.HealthClient(_channel).CheckAsync(
                new() { Service = "earlywarning.v1.Nothing" },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static IEnumerable<string> Services() =>
        ModuleTable
            .All.SelectMany(module => module.Serves)
            .Select(service => service.Descriptor)
            .Append(ServerService.Descriptor)
            .Select(service => service.FullName);

    private async Task NotServingAsync(params string[] expected)
    {
        List<string> notServing = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                notServing.Clear();
                foreach (var service in Services().Append(""))
                {
                    var answer = await new HealthService.HealthClient(_channel).CheckAsync(
                        new() { Service = service },
                        cancellationToken: TestContext.Current.CancellationToken
                    );
                    if (answer.Status != ServingStatus.Serving)
                    {
                        Assert.Equal(ServingStatus.NotServing, answer.Status);
                        notServing.Add(service);
                    }
                }

                return notServing.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal));
            },
            $"these do not serve, and no other: {string.Join(", ", expected)}",
            20,
            () => $"not serving: {string.Join(", ", notServing)}"
        );
    }

    private void Set(string check, bool amiss)
    {
        lock (_amiss)
        {
            _ = amiss ? _amiss.Add(check) : _amiss.Remove(check);
        }
    }

    private HealthCheckResult Of(string check)
    {
        lock (_amiss)
        {
            return _amiss.Contains(check) ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy();
        }
    }
}
