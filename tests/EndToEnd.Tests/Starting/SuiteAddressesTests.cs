using System.Net;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>Which ports the suite listens on.</summary>
public sealed class SuiteAddressesTests
{
    [Fact]
    public void Take_ReachesThePortsAskedFor_LeavesThemOut()
    {
        // Ports are taken in ascending order, so these are the next ones.
        var next = FreePort.Take();
        var (http, grpc) = (new IPEndPoint(IPAddress.Loopback, next + 1), new IPEndPoint(IPAddress.Any, next + 2));

        var addresses = SuiteAddresses.Take(new(false, null, http, grpc, null, null, null));

        int[] own = [.. SuiteAddresses.AppIds.Select(addresses.AppPort)];
        Assert.All(own, port => Assert.DoesNotContain(port, new[] { http.Port, grpc.Port }));
        Assert.Equal(2, own.Distinct().Count(port => port > 0));
    }

    [Fact]
    public void IsOwn_PortsOfTheSuiteAndItsSidecars_AreAndNoOthers()
    {
        var (http, grpc) = (FreePort.Take(), FreePort.Take());
        var addresses = SuiteAddresses.Take(new(false, null, new(IPAddress.Loopback, http), new(IPAddress.Loopback, grpc), null, null, null));
        var endpoints = addresses.AppPorts();
        Assert.False(addresses.IsOwn(3500, endpoints));
        endpoints.Connect(new("risk", new("http://127.0.0.1:50001"), new("http://127.0.0.1:3500"), 0, "", ""));

        int[] own = [http, grpc, addresses.AppPort("notification"), addresses.AppPort("escalation"), 50001, 3500];
        Assert.All(own, port => Assert.True(addresses.IsOwn(port, endpoints), $"port {port}"));
        Assert.False(addresses.IsOwn(443, endpoints));
    }

    [Fact]
    public async Task Start_OneAddressForBoth_IsRefused()
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Take());

        var refused = await Assert.ThrowsAsync<StartException>(
            () => SuiteHost.StartAsync(new(false, null, address, address, null, null, null), TestContext.Current.CancellationToken));
        Assert.Contains("--http and --grpc both say", refused.Message, StringComparison.Ordinal);
    }
}
