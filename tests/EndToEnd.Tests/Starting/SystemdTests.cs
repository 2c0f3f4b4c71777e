using System.Net.Sockets;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>What systemd is told by a suite that it has started.</summary>
public sealed class SystemdTests
{
    [Fact]
    public async Task Suite_AsAServiceWithAWatchdog_TellsThatItIsReadyThatItLivesAndThatItStops()
    {
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(Path.Combine(folder.Path, "data"));
        var path = Path.Combine(folder.Path, "notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        (suite.Variables["NOTIFY_SOCKET"], suite.Variables["WATCHDOG_USEC"]) = (path, "300000");
        suite.Launch();

        Assert.Equal("READY=1", await ToldAsync());
        using HttpClient http = new();
        using var ready = await http.GetAsync(new Uri(suite.Http, "/readyz"), TestContext.Current.CancellationToken);
        Assert.True(ready.IsSuccessStatusCode);
        Assert.Equal("WATCHDOG=1", await ToldAsync());
        Assert.Equal("WATCHDOG=1", await ToldAsync());

        var stopped = suite.StopAsync();
        string told;
        do
        {
            told = await ToldAsync();
        } while (told == "WATCHDOG=1");
        Assert.Equal("STOPPING=1", told);
        Assert.Equal(0, await stopped);

        async Task<string> ToldAsync()
        {
            using CancellationTokenSource limit = new(Eventually.Patience);
            var buffer = new byte[256];
            return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, SocketFlags.None, limit.Token));
        }
    }
}
