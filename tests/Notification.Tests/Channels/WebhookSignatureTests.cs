using System.Text;
using EarlyWarning.Notification.Channels.Webhook;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Channels;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes("key");
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("{}");

    // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
    [Fact]
    public void Make_KnownInput_IsWhatOpenSslSays() => Assert.Equal(
        "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae",
        WebhookSignature.Make(s_secret, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), s_body));

    [Fact]
    public void Verify_BodyTimeOrSecretAltered_IsRefused()
    {
        var header = WebhookSignature.Make(s_secret, Start, s_body);
        var tolerance = TimeSpan.FromMinutes(5);

        Assert.True(WebhookSignature.Verify(s_secret, header, s_body, Start, tolerance));
        Assert.False(WebhookSignature.Verify(s_secret, header, "{ }"u8, Start, tolerance));
        Assert.False(WebhookSignature.Verify("other"u8, header, s_body, Start, tolerance));
        Assert.False(WebhookSignature.Verify(s_secret, header, s_body, Start.AddMinutes(6), tolerance));
        Assert.False(WebhookSignature.Verify(s_secret, header.Replace("t=1", "t=2", StringComparison.Ordinal), s_body, Start, tolerance));
        Assert.False(WebhookSignature.Verify(s_secret, "", s_body, Start, tolerance));
    }
}
