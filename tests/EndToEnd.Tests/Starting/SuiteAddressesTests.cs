using System.Net;
using System.Net.Sockets;
using System.Text;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

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

        int[] own = [.. addresses.AppIds.Select(addresses.AppPort)];
        Assert.All(own, port => Assert.DoesNotContain(port, new[] { http.Port, grpc.Port }));
        Assert.Equal(2, own.Distinct().Count(port => port > 0));
    }

    [Fact]
    public void IsOwn_PortsOfTheSuiteAndItsSidecars_AreAndNoOthers()
    {
        var (http, grpc) = (FreePort.Take(), FreePort.Take());
        var addresses = SuiteAddresses.Take(
            new(false, null, new(IPAddress.Loopback, http), new(IPAddress.Loopback, grpc), null, null, null)
        );
        var endpoints = addresses.Endpoints();
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

        var refused = await Assert.ThrowsAsync<StartException>(() =>
            SuiteHost.StartAsync(
                new(false, null, address, address, null, null, null),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("--http and --grpc both say", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_OneConnectionBeyondTheMost_IsClosedAndTheOthersAreServed()
    {
        SuiteOptions options = new(
            false,
            null,
            new(IPAddress.Loopback, FreePort.Take()),
            new(IPAddress.Loopback, FreePort.Take()),
            null,
            null,
            null
        )
        {
            MaxConnections = 2,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => SuiteAddresses.Take(options).Listen(kestrel, tls: null, authority: null, new()));
        await using var app = builder.Build();
        app.MapGet("/", () => "served");
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var first = await ConnectAsync(options.Http);
        using var second = await ConnectAsync(options.Http);
        Assert.Equal(("served", "served"), (await AskAsync(first), await AskAsync(second)));
        using (var beyond = await ConnectAsync(options.Http))
        {
            Assert.Equal("closed", await AskAsync(beyond));
        }

        Assert.Equal("served", await AskAsync(first));
        using HttpClient grpc = new()
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal("served", await grpc.GetStringAsync(new Uri($"http://{options.Grpc}/"), TestContext.Current.CancellationToken));

        second.Dispose();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var next = await ConnectAsync(options.Http);
                return await AskAsync(next) == "served";
            },
            "another is served once one has gone"
        );
    }

    [Theory]
    [InlineData(null, null, 4_096)]
    [InlineData(null, 1_048_576L, 4_096)]
    [InlineData(null, 1_024L, 256)]
    [InlineData(200, 1_024L, 200)]
    [InlineData(9_000, null, 9_000)]
    public void Connections_OfAnAddress_AreThoseThatTheOpenFilesHaveRoomFor(int? asked, long? files, int expected) =>
        Assert.Equal(expected, OpenFiles.Connections(asked, files));

    [Fact]
    public void Connections_MoreThanTheOpenFilesHaveRoomFor_AreRefusedWithWhatTheyNeed()
    {
        var refused = Assert.Throws<StartException>(() => OpenFiles.Connections(4_096, 4_096));
        Assert.Contains("needs 8704 open files, and this process may have 4096", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-connections", "9")]
    [InlineData("--max-connections", "-1")]
    [InlineData("--max-connections", "many")]
    [InlineData("--clock-grace", "long")]
    [InlineData("--clock-grace", "NaN")]
    [InlineData("--keep-operations", "0.01")]
    [InlineData("--keep-operations", "for ever")]
    public void Arguments_NumberThatIsNone_IsRefusedWithWhatIsTaken(string option, string given)
    {
        var error = Assert.Single(HostCommand.Build((_, _) => Task.FromResult(0)).Parse([option, given]).Errors);
        Assert.StartsWith($"{option} takes ", error.Message, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> ConnectAsync(IPEndPoint address)
    {
        TcpClient client = new();
        await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Asks on a connection that stays open.</summary>
    private static async Task<string> AskAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                TestContext.Current.CancellationToken
            );
            var answer = new byte[4_096];
            var length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken);
            return length == 0 ? "closed"
                : Encoding.ASCII.GetString(answer, 0, length).StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? "served"
                : "refused";
        }
        catch (IOException)
        {
            return "closed";
        }
    }
}
