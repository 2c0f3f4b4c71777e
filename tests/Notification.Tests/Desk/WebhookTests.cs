using EarlyWarning.Notification.Delivery;
using EarlyWarning.Notification.Desk;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Desk;

public sealed class WebhookTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private DeskCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _cluster = await DeskCluster.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address)}]"));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_Breach_ArrivesSignedWithTheWholeBreach()
    {
        await _cluster.DeliverAsync(Breach());

        var received = await _receiver.NextAsync();
        Assert.True(WebhookSignature.Verify(
            System.Text.Encoding.UTF8.GetBytes(Secret), received.Headers[WebhookSignature.Header], received.Body, _cluster.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));
        Assert.StartsWith("application/json", received.ContentType, StringComparison.Ordinal);
        Assert.Equal("breaches/XAB-1", received.Json.GetProperty("breach").GetProperty("name").GetString());
        var told = received.Json.GetProperty("notification");
        Assert.Equal($"notifications/{received.IdempotencyKey}", told.GetProperty("name").GetString());
        Assert.StartsWith("EXERCISE", told.GetProperty("subject").GetString(), StringComparison.Ordinal);
        var kept = await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal(received.IdempotencyKey, kept.Name["notifications/".Length..]);
        Assert.True(Assert.Single(kept.Receipts).Delivered);
    }

    [Fact]
    public async Task Deliver_FirstAnswerIs500_SendsTheSameAgainAfterTheBackOff()
    {
        _receiver.AnswerWith(500);
        await _cluster.DeliverAsync(Breach());
        var first = await _receiver.NextAsync();
        var waiting = await _cluster.SingleAsync(n => n.Receipts.Count == 1, "a receipt of the failure");
        Assert.Equal(State.Pending, waiting.State);
        Assert.InRange(waiting.Receipts[0].NextAttemptTime.ToDateTimeOffset() - _cluster.Time.GetUtcNow(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));

        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        var second = await _receiver.NextAsync();
        Assert.Equal(first.IdempotencyKey, second.IdempotencyKey);
        Assert.Equal(first.Body, second.Body);
        var delivered = await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal([(1, false), (2, true)], delivered.Receipts.Select(r => (r.Attempt, r.Delivered)));
    }

    [Fact]
    public async Task Deliver_RetryAfter_WaitsAsLongAsAsked()
    {
        _receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 429 : 200;
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        await _cluster.DeliverAsync(Breach());
        var waiting = await _cluster.SingleAsync(n => n.Receipts.Count == 1, "a receipt of the refusal");
        Assert.Equal(Start.AddSeconds(120), waiting.Receipts[0].NextAttemptTime.ToDateTimeOffset());

        _cluster.Time.Advance(TimeSpan.FromSeconds(119));
        await _cluster.Inner.WakeAsync();
        Assert.Equal(1, _receiver.Count);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered after the time asked for");
        Assert.Equal(2, _receiver.Count);
    }

    [Fact]
    public async Task Deliver_NeverTaken_IsGivenUpWhenTheBudgetEnds()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await _cluster.DeliverAsync(Breach());
        var attempts = 1;
        var now = await _cluster.SingleAsync(n => n.Receipts.Count == 1, "a first receipt");
        while (now.State == State.Pending)
        {
            _cluster.Time.Advance(now.Receipts[^1].NextAttemptTime.ToDateTimeOffset() - _cluster.Time.GetUtcNow());
            now = await _cluster.SingleAsync(n => n.Receipts.Count == attempts + 1, $"receipt {attempts + 1}");
            attempts++;
        }

        Assert.Equal(State.Failed, now.State);
        Assert.Equal(Start.AddHours(24), _cluster.Time.GetUtcNow());
        Assert.InRange(attempts, 100, 400);
        await Eventually.HoldsAsync(() => _cluster.Broker.Events.Count == 1, "the outcome on the topic");
        var published = _cluster.Broker.Events[0];
        Assert.Equal("earlywarning.v1.notification.failed", published.Type);
    }

    [Fact]
    public async Task Deliver_Answer400_FailsForGoodAndStaysVisible()
    {
        _receiver.AnswerWith(400);

        await _cluster.DeliverAsync(Breach());

        var failed = await _cluster.SingleAsync(n => n.State == State.Failed, "failed");
        Assert.Contains("400", failed.Receipts[0].Detail, StringComparison.Ordinal);
        Assert.Contains(await _cluster.Inner.StatusAsync(), l => l.Subject == "destinations" && l.Health == V1.Health.Failing);
        Assert.Contains(await _cluster.Inner.StatusAsync(), l => l.Subject == "not told" && l.Health == V1.Health.Attention);
    }

    [Fact]
    public async Task Deliver_Redirect_IsNotFollowed()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Response.Redirect(_receiver.Address + "/elsewhere");
            return Task.CompletedTask;
        };

        await _cluster.DeliverAsync(Breach());

        var waiting = await _cluster.SingleAsync(n => n.Receipts.Count == 1, "a receipt");
        Assert.Contains("redirects are not followed", waiting.Receipts[0].Detail, StringComparison.Ordinal);
        Assert.Equal(1, _receiver.Count);
    }

    [Fact]
    public async Task Deliver_SameEventTwice_TellsOnce()
    {
        await _cluster.DeliverAsync(Breach());
        await _cluster.DeliverAsync(Breach());
        await _cluster.DeliverAsync(Breach(), id: "another-id-for-the-same-sequence");

        await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal(1, _receiver.Count);
    }

    [Fact]
    public async Task Wake_ActivationLostBetweenAttemptAndReceipt_SendsAgainUnderTheSameKey()
    {
        var hanging = new TaskCompletionSource();
        _receiver.Answer = (_, number) => number == 1 ? hanging.Task : Task.CompletedTask;
        await _cluster.DeliverAsync(Breach());
        var first = await _receiver.NextAsync();

        await _cluster.LoseMemoryAsync();
        Assert.True(_cluster.DueTimes.Of(DeskWriter.Queue, DeskWriter.Member) <= _cluster.Time.GetUtcNow());
        await _cluster.Inner.WakeAsync();

        var second = await _receiver.NextAsync();
        Assert.Equal(first.IdempotencyKey, second.IdempotencyKey);
        var delivered = await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
        Assert.Equal([(1, false), (2, true)], delivered.Receipts.Select(r => (r.Attempt, r.Delivered)));
        Assert.StartsWith("Interrupted", delivered.Receipts[0].Detail, StringComparison.Ordinal);
        hanging.SetResult();
    }

    [Fact]
    public async Task Deliver_StoreFailsOnTheReceipt_IsRecoveredByTheNextActivation()
    {
        var appends = 0;
        _cluster.Journals.Fate = (_, _) => Interlocked.Increment(ref appends) == 2 ? Fate.FailsBefore : Fate.Appends;
        await _cluster.DeliverAsync(Breach());
        var first = await _receiver.NextAsync();
        await Eventually.HoldsAsync(() => Volatile.Read(ref appends) >= 2, "the receipt's append");

        await Eventually.GetAsync(
            async () =>
            {
                await _cluster.Inner.WakeAsync();
                return _receiver.Count;
            },
            count => count == 2, "a second attempt");

        Assert.Equal(first.IdempotencyKey, (await _receiver.NextAsync()).IdempotencyKey);
        await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
    }

    [Fact]
    public async Task Deliver_SlowDestination_HoldsUpNoOther()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        var hanging = new TaskCompletionSource();
        slow.Answer = (_, _) => hanging.Task;
        _cluster.WriteDirectory($"{Recipient("a-slow", "operator", channels: $"[{Webhook(slow.Address)}]")}\n{Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address)}]")}");
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));

        for (var i = 1; i <= 20; i++)
        {
            await _cluster.DeliverAsync(Breach($"XAB-{i}"));
        }

        await Eventually.HoldsAsync(() => _receiver.Count == 20, "20 at the quick destination");
        Assert.InRange(slow.Count, 1, 8);
        hanging.SetResult();
        await Eventually.HoldsAsync(() => slow.Count == 20, "20 at the slow destination");
    }

    [Fact]
    public async Task Wake_AfterEverythingIsDone_LeavesNothingDue()
    {
        await _cluster.DeliverAsync(Breach());
        await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
        await Eventually.HoldsAsync(() => _cluster.Broker.Events.Count == 1, "the outcome on the topic");

        await Eventually.GetAsync(
            async () =>
            {
                await _cluster.Inner.WakeAsync();
                return _cluster.DueTimes.Of(DeskWriter.Queue, DeskWriter.Member);
            },
            due => due is null, "nothing due");
    }

    [Fact]
    public async Task Deliver_RecipientTakenOutOfTheDirectory_IsKeptUntilTheyAreBack()
    {
        _receiver.AnswerWith(500);
        await _cluster.DeliverAsync(Breach());
        await _cluster.SingleAsync(n => n.Receipts.Count == 1, "a first receipt");
        _cluster.WriteDirectory(Recipient("somebody-else", "operator"));
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var waiting = await _cluster.SingleAsync(n => n.Receipts.Count == 2, "a second receipt");
        Assert.Contains("no longer has this webhook", waiting.Receipts[1].Detail, StringComparison.Ordinal);

        _cluster.WriteDirectory(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address)}]"));
        _cluster.Time.Advance(TimeSpan.FromSeconds(4));

        await _cluster.SingleAsync(n => n.State == State.Delivered, "delivered");
    }
}
