using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Directory;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Channels;

public sealed class WebhookSignatureTests
{
    private const string Id = "0011223344556677";
    private static readonly WebhookSecret s_old = Parse(Secret);
    private static readonly WebhookSecret s_new = Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly string s_start = WebhookSignature.Timestamp(Start);

    // The standard's own example; the second by: printf 'a.1700000000.{}' | openssl dgst -sha256 -hmac 'a secret of sufficient length'
    // -binary | base64
    [Theory]
    [InlineData(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        """{"test": 2432232314}""",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )]
    [InlineData(Secret, "a", 1_700_000_000, "{}", "v1,dG7pyCFi1AQLwvTPeAokrleuHduLte6djUZ51BanPBM=")]
    public void Make_KnownInput_IsWhatOthersMake(string secret, string id, long seconds, string body, string expected)
    {
        var timestamp = WebhookSignature.Timestamp(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(expected, WebhookSignature.Make([Parse(secret)], id, timestamp, System.Text.Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Make_OtherIdTimeBodyOrSecret_IsAnotherSignature()
    {
        string[] made =
        [
            WebhookSignature.Make([s_old], Id, s_start, "{}"u8),
            WebhookSignature.Make([s_old], Id, s_start, "{ }"u8),
            WebhookSignature.Make([s_old], "0011223344556678", s_start, "{}"u8),
            WebhookSignature.Make([s_old], Id, WebhookSignature.Timestamp(Start.AddSeconds(1)), "{}"u8),
            WebhookSignature.Make([s_new], Id, s_start, "{}"u8),
        ];

        Assert.Equal(made.Length, made.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Make_OneSecretReplacesTheOther_HasTheSignatureOfEach() =>
        Assert.Equal(
            $"{WebhookSignature.Make([s_new], Id, s_start, "{}"u8)} {WebhookSignature.Make([s_old], Id, s_start, "{}"u8)}",
            WebhookSignature.Make([s_new, s_old], Id, s_start, "{}"u8)
        );

    [Theory]
    [InlineData("0123456789abcde")]
    [InlineData("whsec_0123456789abcdef")]
    [InlineData("whsec_not base64 whatever its length may be here")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryParse_TooShortOrNotBase64_IsRefused(string text) => Assert.False(WebhookSecret.TryParse(text, out _));

    [Fact]
    public void Secret_Shown_SaysNothing()
    {
        Assert.Equal("…", $"{s_old}");
        Assert.Equal(s_old, Parse(Secret));
        Assert.NotEqual(s_old, s_new);
    }

    private static WebhookSecret Parse(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new FormatException();
}
