using System.Net;
using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Directory;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf;

namespace EarlyWarning.Notification.Tests.Channels;

/// <summary>Where no webhook goes, whatever its name resolves to at an attempt.</summary>
public sealed class WebhookTargetTests
{
    private const int OwnPort = 5051;

    [Theory]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("169.254.0.1", "link-local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%2", "link-local")]
    [InlineData("fd00:ec2::254", "link-local")]
    [InlineData("100.100.100.200", "link-local")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("64:ff9b::a9fe:a9fe", "link-local")]
    [InlineData("2002:a9fe:a9fe::1", "link-local")]
    [InlineData("0.0.0.0", "nobody's")]
    [InlineData("0.1.2.3", "nobody's")]
    [InlineData("::", "nobody's")]
    [InlineData("224.0.0.1", "nobody's")]
    [InlineData("255.255.255.255", "nobody's")]
    [InlineData("ff02::1", "nobody's")]
    public void Refusal_AddressOfNoReceiver_IsRefusedAlways(string address, string reason)
    {
        foreach (var publicOnly in new[] { false, true })
        {
            Assert.Contains(reason, Targets(publicOnly).Refusal(IPAddress.Parse(address), 443)!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("fd12:3456::1")]
    public void Refusal_PrivateAddress_IsRefusedWherePublicOnesAloneAreAllowed(string address)
    {
        Assert.Null(Targets().Refusal(IPAddress.Parse(address), 443));
        Assert.Contains(
            "--public-webhooks-only",
            Targets(publicOnly: true).Refusal(IPAddress.Parse(address), 443)!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:21f::1")]
    public void Refusal_PublicAddress_IsNone(string address) =>
        Assert.Null(Targets(publicOnly: true).Refusal(IPAddress.Parse(address), OwnPort));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Refusal_PortOfTheSuiteItself_IsRefusedOnThisMachine(string address) =>
        Assert.Equal("a port of this suite itself", Targets().Refusal(IPAddress.Parse(address), OwnPort));

    [Fact]
    public async Task Send_NameThatPointsElsewhereMeanwhile_IsRefusedWithTheReason()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var points = IPAddress.Loopback;
        var url = new UriBuilder(receiver.Address) { Host = "desk.test" }.Uri;

        Assert.Equal("HTTP 200 OK", await SendAsync(url, _ => points));
        points = IPAddress.Parse("169.254.169.254");
        var refused = await SendAsync(url, _ => points);

        Assert.StartsWith($"desk.test is 169.254.169.254 (port {url.Port}) now, which is link-local", refused, StringComparison.Ordinal);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Send_NameOfSeveralAddresses_GoesToThoseThatMayBeReached()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var url = new UriBuilder(receiver.Address) { Host = "desk.test" }.Uri;

        Assert.Equal("HTTP 200 OK", await SendAsync(url, IPAddress.Parse("169.254.169.254"), IPAddress.Loopback));
    }

    [Fact]
    public async Task Send_ToAPortOfTheSuiteItself_IsRefusedByNameAndByAddress()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var url = new Uri(receiver.Address);
        foreach (var host in new[] { "127.0.0.1", "localhost", "[::1]" })
        {
            using var channel = new WebhookChannel(
                new() { IsOwnPort = port => port == url.Port },
                new Suite(false, ""),
                TimeProvider.System,
                Dns.GetHostAddressesAsync
            );
            Assert.Contains(
                "a port of this suite itself",
                await SendAsync(channel, new UriBuilder(url) { Host = host }.Uri),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(0, receiver.Count);
    }

    private static WebhookTargets Targets(bool publicOnly = false) =>
        new(new() { PublicWebhooksOnly = publicOnly, IsOwnPort = port => port == OwnPort }, exercise: false);

    private static Task<string> SendAsync(Uri url, params IPAddress[] addresses) => SendAsync(url, _ => addresses);

    private static Task<string> SendAsync(Uri url, Func<string, IPAddress> resolve) => SendAsync(url, host => [resolve(host)]);

    private static async Task<string> SendAsync(Uri url, Func<string, IPAddress[]> resolve)
    {
        using var channel = new WebhookChannel(new(), new Suite(false, ""), TimeProvider.System, (host, _) =>
            Task.FromResult(resolve(host))
        );
        return await SendAsync(channel, url);
    }

    private static V1.Notification Told() =>
        new()
        {
            Name = "notifications/1",
            CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Infrastructure.Samples.Start),
        };

    private static async Task<string> SendAsync(WebhookChannel channel, Uri url)
    {
        var target = new ChannelTarget("hook", V1.ChannelKind.Webhook, url, [], "");
        return (await channel.SendAsync(target, new("id", Told(), ByteString.Empty), TestContext.Current.CancellationToken)).Detail;
    }
}
