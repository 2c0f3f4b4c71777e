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
    public void Verify_AnythingAltered_IsRefused()
    {
        var made = WebhookSignature.Make([s_old], Id, s_start, "{}"u8);

        Assert.True(Verify([s_old], Id, s_start, made, "{}"u8));
        Assert.False(Verify([s_old], Id, s_start, made, "{ }"u8));
        Assert.False(Verify([s_old], "0011223344556678", s_start, made, "{}"u8));
        Assert.False(Verify([s_old], Id, WebhookSignature.Timestamp(Start.AddSeconds(1)), made, "{}"u8));
        Assert.False(Verify([s_new], Id, s_start, made, "{}"u8));
        Assert.False(Verify([s_old], Id, s_start, made.Replace("v1,", "v1a,", StringComparison.Ordinal), "{}"u8));
        Assert.False(Verify([s_old], Id, s_start, made[..^1], "{}"u8));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Verify_TimeOldOrAhead_IsRefusedBeyondTheTolerance(int seconds, bool expected)
    {
        var timestamp = WebhookSignature.Timestamp(Start.AddSeconds(seconds));

        Assert.Equal(expected, Verify([s_old], Id, timestamp, WebhookSignature.Make([s_old], Id, timestamp, "{}"u8), "{}"u8));
    }

    [Fact]
    public void Verify_OneSecretReplacesTheOther_HoldsOnEitherSideAtAnyMoment()
    {
        var both = WebhookSignature.Make([s_new, s_old], Id, s_start, "{}"u8);

        Assert.Equal(2, both.Split(' ').Length);
        Assert.True(Verify([s_old], Id, s_start, both, "{}"u8));
        Assert.True(Verify([s_new], Id, s_start, both, "{}"u8));
        Assert.True(Verify([s_old, s_new], Id, s_start, WebhookSignature.Make([s_new], Id, s_start, "{}"u8), "{}"u8));
        Assert.True(Verify([s_old], Id, s_start, $"v2,whatever {both}", "{}"u8));
        Assert.False(Verify([Parse("another secret of some length")], Id, s_start, both, "{}"u8));
    }

    [Theory]
    [InlineData("", "1772352000", "v1,AAAA")]
    [InlineData(Id, "", "v1,AAAA")]
    [InlineData(Id, "-1", "v1,AAAA")]
    [InlineData(Id, "9223372036854775807", "v1,AAAA")]
    [InlineData(Id, "99999999999999999999", "v1,AAAA")]
    [InlineData(Id, "soon", "v1,AAAA")]
    [InlineData(Id, "1772352000", "")]
    [InlineData(Id, "1772352000", " ")]
    [InlineData(Id, "1772352000", "v1")]
    public void Verify_HeadersMissingOrOfNoSense_IsRefused(string id, string timestamp, string signatures)
    {
        Assert.False(Verify([s_old], id, timestamp, signatures, "{}"u8));
        Assert.False(Verify([], id, timestamp, signatures, "{}"u8));
    }

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

    private static bool Verify(WebhookSecret[] secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body) =>
        WebhookSignature.Verify(secrets, id, timestamp, signatures, body, Start, WebhookSignature.Tolerance);

    private static WebhookSecret Parse(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new FormatException();
}
