using System.Net;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Options;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>Silos on one store, each with listener, certificate and manifest as a process of a suite has them.</summary>
public sealed class SiloTests : IAsyncLifetime
{
    private readonly TestStore _store = new(TimeProvider.System, ClusterTables.Migrations);
    private readonly TestStore _foreign = new(TimeProvider.System, ClusterTables.Migrations);
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
        await _foreign.DisposeAsync();
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
        var key = 0;
        await Eventually.HoldsAsync(
            async () => (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Grain(one, key++).PlaceAsync()))).Distinct().Count() == 2,
            "grains are placed on both, once they know of each other's load"
        );

        // The countries run nowhere, which only a call finds, and at once.
        var country = one.Services.GetRequiredService<IGrainFactory>().GetGrain<ICountryGrain>("KEN");
        var absent = await Assert.ThrowsAnyAsync<Exception>(() => country.WakeAsync().WaitAsync(TimeSpan.FromSeconds(5)));
        var fault = GrainFaults.Of(absent)!;
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Contains("--services risk", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("SERVICE_NOT_RUNNING", fault.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);

        var port = Endpoint(one).Port;
        using var authority = await OpenAsync(_foreign);
        Assert.Equal(0, await Stranger.TlsAsync(port, null));
        Assert.Equal(0, await Stranger.TlsAsync(port, authority.Own));
        Assert.InRange(await Stranger.PlainAsync(port), 0, 7);
    }

    [Fact]
    public async Task Silos_OneEnds_ItsGrainsAreElsewhereWithinSeconds()
    {
        var one = await StartAsync("board");
        var other = await StartAsync("ledger");
        await Eventually.HoldsAsync(() => Active(one) == 2, "both see two silos", 20);
        var there = Endpoint(other).ToString();
        var moved = await Task.WhenAll(Enumerable.Range(0, 20).Select(async key => (Key: key, Place: await Grain(one, key).PlaceAsync())));
        var lost = moved.First(grain => grain.Place.Contains(there.Split(':')[1], StringComparison.Ordinal)).Key;

        await other.StopAsync(TestContext.Current.CancellationToken);
        _hosts.Remove(other);
        other.Dispose();

        var place = await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return await Grain(one, lost).PlaceAsync();
                }
                catch (Exception exception) when (GrainFaults.Of(exception) is not null)
                {
                    return "";
                }
            },
            place => place.Length > 0,
            "the grain answers from the silo that is left"
        );
        Assert.Contains(Endpoint(one).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_SuitesTimeIsAheadOfTheSystems_StayMembers()
    {
        var one = await StartAsync(TimeSpan.FromHours(2), "board");
        var other = await StartAsync(TimeSpan.FromHours(2), "ledger");
        await Eventually.HoldsAsync(() => Active(one) == 2 && Active(other) == 2, "both see two silos", 20);

        Assert.Equal("1", await Grain(one, 1).EchoAsync("1"));
        Assert.Equal("2", await Grain(other, 2).EchoAsync("2"));
    }

    private static IPlacedGrain Grain(IHost host, long key) =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPlacedGrain>(key);

    private static int Active(IHost host) =>
        host
            .Services.GetRequiredService<IClusterMembershipService>()
            .CurrentSnapshot.Members.Values.Count(member => member.Status == SiloStatus.Active);

    private static IPEndPoint Endpoint(IHost host) => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;

    private static async Task<SuiteAuthority> OpenAsync(TestStore store)
    {
        var authority = new SuiteAuthority(store.Store, TimeProvider.System);
        await authority.OpenAsync(TestContext.Current.CancellationToken);
        return authority;
    }

    private Task<IHost> StartAsync(params string[] services) => StartAsync(TimeSpan.Zero, services);

    /// <summary>Starts one whose suite goes by a time that is ahead of the system's.</summary>
    private async Task<IHost> StartAsync(TimeSpan ahead, params string[] services)
    {
        var authority = await OpenAsync(_store);
        SuiteOptions options = new(false, null, new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 2), null, null, null)
        {
            Services = services,
            Cluster = new(IPAddress.Loopback, FreePort.Take()),
        };
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new MovedTime(TimeProvider.System) { Moved = ahead });
        builder.Services.AddSingleton(_store.Store).AddContractSerialization().AddContractPlacement();
        SiloGeneration generation = new(_store.Store, TimeProvider.System);
        await generation.TakeAsync(TestContext.Current.CancellationToken);
        builder.UseOrleans(silo => SuiteSilo.Join(silo, options, authority, generation));
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
