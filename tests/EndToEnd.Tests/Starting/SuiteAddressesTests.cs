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
    public async Task Start_OneAddressForBoth_IsRefused()
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Take());

        var refused = await Assert.ThrowsAsync<StartException>(
            () => SuiteHost.StartAsync(new(false, null, address, address, null, null, null), TestContext.Current.CancellationToken));
        Assert.Contains("--http and --grpc both say", refused.Message, StringComparison.Ordinal);
    }
}
