using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed partial class DeliveryTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address)}]"));
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_Breach_ArrivesWithTheWholeBreach()
    {
        await _suite.DeliverAsync(Breach());

        var received = await _receiver.NextAsync();
        Assert.DoesNotContain('.', received.Id);
        Assert.StartsWith("application/json", received.ContentType, StringComparison.Ordinal);
        Assert.Equal("breaches/XAB-1", received.Breach.GetProperty("name").GetString());
        var told = received.Notification;
        Assert.Equal(
            ("earlywarning.v1.breach.firing", Start),
            (received.Json.GetProperty("type").GetString(), received.Json.GetProperty("timestamp").GetDateTimeOffset())
        );
        Assert.Equal(["type", "timestamp", "data"], received.Json.EnumerateObject().Select(one => one.Name));
        Assert.Equal($"notifications/{received.Id}", told.GetProperty("name").GetString());
        Assert.StartsWith("EXERCISE", told.GetProperty("subject").GetString(), StringComparison.Ordinal);
        var kept = await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal(received.Id, Message.IdOf(kept.Name));
        Assert.True(Assert.Single(kept.Receipts).Delivered);
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 1, "the outcome on the topic");
        Assert.Equal("earlywarning.v1.notification.delivered", _suite.Broker.Events[0].Type);
        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_event where source is not null"));
    }

    [Fact]
    public async Task Deliver_FirstAnswerIs500_SendsTheSameAgainAfterTheBackOff()
    {
        _receiver.AnswerWith(500);
        await _suite.DeliverAsync(Breach());
        var waiting = await _suite.SingleAsync(n => n.Receipts.Count == 1, "a receipt of the failure");
        Assert.Equal(State.Pending, waiting.State);
        Assert.InRange(
            waiting.Receipts[0].NextAttemptTime.ToDateTimeOffset() - _suite.Time.GetUtcNow(),
            TimeSpan.FromSeconds(0.5),
            TimeSpan.FromSeconds(1)
        );

        _suite.Advance(TimeSpan.FromSeconds(1));

        var delivered = await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal([(1, false), (2, true)], delivered.Receipts.Select(r => (r.Attempt, r.Delivered)));
        Assert.Equal(_receiver.Calls[0].Id, _receiver.Calls[1].Id);
        Assert.Equal(_receiver.Calls[0].Body, _receiver.Calls[1].Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Deliver_AnyAnswerBut2xx_IsTriedAgainUntilItIsTaken(int status)
    {
        _receiver.AnswerWith(status, status, status);
        await _suite.DeliverAsync(Breach());
        for (var receipt = 1; receipt <= 4; receipt++)
        {
            await _suite.NextReceiptAsync(receipt);
        }

        var delivered = await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal([false, false, false, true], delivered.Receipts.Select(r => r.Delivered));
        Assert.Contains($"{status}", delivered.Receipts[0].Detail, StringComparison.Ordinal);
        Assert.Equal(4, _receiver.Count);
    }

    [Fact]
    public async Task Deliver_Redirect_IsNotFollowedAndTriedAgainWithTheReason()
    {
        _receiver.Answer = (context, number) =>
        {
            if (number == 1)
            {
                context.Response.Redirect(_receiver.Address + "/elsewhere");
            }

            return Task.CompletedTask;
        };
        await _suite.DeliverAsync(Breach());
        var waiting = await _suite.NextReceiptAsync(1);
        Assert.Contains("redirects are not followed", waiting.Receipts[0].Detail, StringComparison.Ordinal);
        Assert.Equal(1, _receiver.Count);

        await _suite.NextReceiptAsync(2);

        await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("86400", 600)]
    [InlineData("Sun, 01 Mar 2026 08:05:00 GMT", 300)]
    [InlineData("Sun, 01 Mar 2099 08:05:00 GMT", 600)]
    public async Task Deliver_RetryAfter_IsHonouredUpToTenMinutes(string retryAfter, double seconds)
    {
        _receiver.Always(429, retryAfter);

        await _suite.DeliverAsync(Breach());

        var waiting = await _suite.SingleAsync(n => n.Receipts.Count == 1, "a receipt of the refusal");
        Assert.Equal(Start.AddSeconds(seconds), waiting.Receipts[0].NextAttemptTime.ToDateTimeOffset());
        _receiver.Always(200);
        _suite.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(1, _receiver.Count);
        _suite.Advance(TimeSpan.FromSeconds(1));
        await _suite.SingleAsync(n => n.State == State.Delivered, "delivered after the time asked for");
    }

    [Fact]
    public async Task Deliver_Hanging_IsTriedAgainAfterItsTimeOut()
    {
        var hanging = _receiver.Hangs();
        await _suite.DeliverAsync(Breach());
        await _receiver.NextAsync();

        _receiver.Always(200);
        _suite.Advance(TimeSpan.FromSeconds(10));
        var waiting = await _suite.NextReceiptAsync(1);
        Assert.Contains("No answer within 10 s", waiting.Receipts[0].Detail, StringComparison.Ordinal);
        await _suite.NextReceiptAsync(2);

        await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
        hanging.SetResult();
    }

    [Fact]
    public async Task Deliver_SameEventTwice_SendsOnce()
    {
        await _suite.DeliverAsync(Breach());
        await _suite.DeliverAsync(Breach());
        await _suite.DeliverAsync(Breach(), id: "another-id-for-the-same-sequence");

        await _suite.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal(1, _receiver.Count);
    }

    [Fact]
    public async Task Deliver_SlowDestination_HoldsUpNoOther()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        var hanging = slow.Hangs();
        _suite.WriteDirectory(
            Recipient("a-slow", "operator", channels: $"[{Webhook(slow.Address)}]"),
            Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address)}]")
        );

        for (var i = 1; i <= 20; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i}"));
        }

        await Eventually.HoldsAsync(() => _receiver.Count == 20, "20 at the quick destination");
        Assert.InRange(slow.Count, 1, 8);
        hanging.SetResult();
        await Eventually.HoldsAsync(() => slow.Count == 20, "20 at the slow destination");
    }

    [Fact]
    public async Task Deliver_StoreAwayForTheReceipt_RecordsItWhenItIsBackAndSendsNothingTwice()
    {
        var hanging = _receiver.Hangs();
        await _suite.DeliverAsync(Breach());
        await _receiver.NextAsync();
        _suite.Store.Broken = true;
        hanging.SetResult();
        await Eventually.HoldsAsync(
            async () =>
            {
                _suite.Advance(TimeSpan.FromSeconds(1));
                return await _suite.CountAsync("select count(*) from notification_receipt where outcome = 0") == 1;
            },
            "an attempt without an outcome"
        );
        _suite.Store.Broken = false;

        var delivered = await Eventually.GetAsync(
            async () =>
            {
                _suite.Advance(TimeSpan.FromSeconds(1));
                return (await _suite.ListAsync())[0];
            },
            one => one.State == State.Delivered,
            "delivered"
        );
        Assert.True(Assert.Single(delivered.Receipts).Delivered);
        Assert.Equal(1, _receiver.Count);
    }
}
