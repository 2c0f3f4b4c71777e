using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Directory;

public sealed class WebhookSecretTests : IAsyncLifetime
{
    private const string New = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private WebhookReceiver _receiver = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address, "hook")}]"));
        _receiver.Always(401);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Directory_NamesANewSecretAndTheOld_SignsWithBothFromTheNextAttemptOn()
    {
        _receiver.Always(200);
        _suite.WriteDirectory(
            Recipient(
                "desk",
                "operator",
                channels: $"[{Webhook(_receiver.Address, "hook").Replace($"'{Secret}'", $"[{New}, '{Secret}']")}]"
            )
        );
        await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");

        var (before, after) = (_receiver.Calls[0], _receiver.Calls[^1]);
        Assert.Equal(before.Id, after.Id);
        Assert.True(IsRight(before, Secret) && IsRight(after, Secret) && IsRight(after, New));
        Assert.False(IsRight(before, New));
    }

    [Fact]
    public async Task Listing_StatusAndReceipts_SayNothingOfTheSecret()
    {
        var failing = await _suite.SingleAsync(one => one.Receipts.Count > 0 && one.Receipts[0].Detail.Length > 0, "a receipt");
        var status = await _suite.StatusAsync("destinations");

        Assert.Contains("401", failing.Receipts[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{failing}{status}", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, System.Text.Encoding.UTF8.GetString(_receiver.Calls[0].Body), StringComparison.Ordinal);
    }

    private static bool IsRight(WebhookCall call, string text)
    {
        Assert.True(WebhookSecret.TryParse(text, out var secret));
        return call.Headers["webhook-signature"]
            .Split(' ')
            .Contains(WebhookSignature.Make([secret], call.Id, call.Headers["webhook-timestamp"], call.Body));
    }
}
