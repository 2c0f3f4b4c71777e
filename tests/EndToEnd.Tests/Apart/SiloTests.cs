using System.Diagnostics;
using System.Net;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Options;
using EarlyWarning.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>Silos on one store, each with listener, certificate and manifest as a process of a suite has them.</summary>
public sealed class SiloTests : IAsyncLifetime
{
    private readonly TestStore _store = new(TimeProvider.System, ClusterTables.Migrations);
    private readonly List<IHost> _hosts = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Silos_OneStore_CallEachOther_AndNobodyElse()
    {
        var one = await StartAsync("board");
        var other = await StartAsync("ledger");
        await Eventually.HoldsAsync(() => Active(one) == 2 && Active(other) == 2, "both see two silos", 20);

        // From each silo to a grain that the other placed.
        Assert.Equal("1", await Grain(one, 1).EchoAsync("1"));
        Assert.Equal("1", await Grain(other, 1).EchoAsync("1"));
        var places = await Task.WhenAll(Enumerable.Range(0, 40).Select(key => Grain(one, key).PlaceAsync()));
        Assert.Equal(2, places.Distinct().Count());

        var port = Endpoint(one).Port;
        Assert.Contains("certificate required", await OpenSslAsync(port), StringComparison.Ordinal);
    }

    private static IPlacedGrain Grain(IHost host, long key) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPlacedGrain>(key);

    private static int Active(IHost host) =>
        host.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values.Count(member => member.Status == SiloStatus.Active);

    private static IPEndPoint Endpoint(IHost host) => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;

    private static async Task<string> OpenSslAsync(int port)
    {
        using var client = Process.Start(new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", "-quiet"])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var said = client.StandardError.ReadToEndAsync(patience.Token);
        await client.WaitForExitAsync(patience.Token);
        return await said;
    }

    private async Task<IHost> StartAsync(params string[] services)
    {
        var authority = new SuiteAuthority(_store.Store, TimeProvider.System);
        await authority.OpenAsync(TestContext.Current.CancellationToken);
        SuiteOptions options = new(false, null, new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 2), null, null, null)
        {
            Services = services,
            Cluster = new(IPAddress.Loopback, FreePort.Take()),
        };
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_store.Store);
        builder.UseOrleans(silo => SuiteSilo.Join(silo, options, authority));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}

public interface IPlacedGrain : IGrainWithIntegerKey
{
    Task<string> EchoAsync(string text);

    Task<string> PlaceAsync();
}

internal sealed class PlacedGrain(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    public Task<string> EchoAsync(string text) => Task.FromResult(text);

    public Task<string> PlaceAsync() => Task.FromResult(silo.SiloAddress.ToParsableString());
}
