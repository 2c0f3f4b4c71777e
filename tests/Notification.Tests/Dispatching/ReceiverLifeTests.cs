using System.Collections.Concurrent;
using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

/// <summary>A receiver goes through all that receivers go through; its own ledger and our receipts say the same.</summary>
public sealed class ReceiverLifeTests
{
    [Fact]
    public async Task Receiver_OverItsLife_ReceiptsAgreeWithItsOwnLedger()
    {
        await using var first = await WebhookReceiver.StartAsync();
        await using var moved = await WebhookReceiver.StartAsync();
        await using var suite = await TestSuite.StartAsync(Desk(first, "hook"));
        ConcurrentBag<(string Address, string Key, int Status)> ledger = [];
        var status = 200;
        first.Answer = (context, number) => AnswerAsync(first, context, number);
        moved.Answer = (context, number) => AnswerAsync(moved, context, number);
        var breach = 0;

        foreach (var next in (int[])[200, 404, 401, 429, 503, 301, 500, -1])
        {
            status = next;
            await TellAsync();
        }

        // Stopped in the middle of an attempt, started again.
        await suite.RestartAsync();
        await PassAsync(all => all.All(one => one.Receipts.Count > 0));
        status = 410;
        await PassAsync(all => all.Any(one => one.Deliveries[0].Detail.Contains("410", StringComparison.Ordinal)));
        await TellAsync(tried: false);
        status = 200;
        suite.WriteDirectory(Desk(moved, "hook"));
        var all = await PassAsync(all => all.All(one => one.State == State.Delivered));

        Assert.Equal(9, all.Count);
        var receipts = all.SelectMany(one => one.Receipts.Select(r => (r.Destination, one.Name["notifications/".Length..], r.Delivered)))
            .ToList();
        Assert.Equal(
            ledger.Select(one => (one.Address, one.Key, one.Status == 200)).OrderBy(one => one).ToList(),
            receipts.OrderBy(one => one).ToList()
        );
        Assert.All(all, one => Assert.Equal(1, one.Receipts.Count(r => r.Delivered)));
        Assert.All(all, one => Assert.Equal(Enumerable.Range(1, one.Receipts.Count), one.Receipts.Select(r => r.Attempt)));
        Assert.True(moved.Count > 0);

        async Task AnswerAsync(WebhookReceiver receiver, Microsoft.AspNetCore.Http.HttpContext context, int number)
        {
            var now = status;
            ledger.Add((receiver.Address, context.Request.Headers[WebhookSignature.IdHeader].ToString(), now));
            if (now < 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = now;
            context.Response.Headers.RetryAfter = now == 429 ? "86400" : "";
            await Task.CompletedTask;
        }

        async Task TellAsync(bool tried = true)
        {
            var name = $"XAB-{breach++}";
            await suite.DeliverAsync(Breach(name));
            if (tried)
            {
                await PassAsync(all => all.First(one => one.Breach == $"breaches/{name}").Receipts.Count > 0);
            }
        }

        Task<IReadOnlyList<V1.Notification>> PassAsync(Func<IReadOnlyList<V1.Notification>, bool> expected) =>
            Eventually.GetAsync(
                async () =>
                {
                    // Time stands still during an attempt, but for what one step may catch of it.
                    if (await suite.CountAsync("select count(*) from notification_delivery where holder <> ''") == 0)
                    {
                        suite.Advance(TimeSpan.FromSeconds(5));
                    }

                    return await suite.ListAsync();
                },
                expected,
                "what the receiver has come to"
            );
    }

    private static string Desk(WebhookReceiver receiver, string id) =>
        Recipient("desk", "operator", channels: $"[{Webhook(receiver.Address, id)}]");
}
