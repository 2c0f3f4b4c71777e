using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.Store.Committing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Messages;

public sealed class MessageRegisterTests : IAsyncLifetime
{
    private const int Past = 100_000;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator"));
        await _suite.DeliverAsync(Breach());
    }

    public ValueTask DisposeAsync() => _suite.DisposeAsync();

    [Fact]
    public async Task Start_AfterManyMessages_ReadsNoneOfThem()
    {
        await FillAsync();
        var before = _suite.Store.RowsRead;

        await _suite.RestartAsync();
        await _suite.DeliverAsync(Breach("XAB-2"));
        await _suite.StatusAsync("undelivered");

        Assert.InRange(_suite.Store.RowsRead - before, 0, 100);
    }

    [Fact]
    public async Task List_OfManyMessages_ReadsAPageAndTellsTheTotal()
    {
        await FillAsync();
        var register = _suite.Get<MessageRegister>();
        var before = _suite.Store.RowsRead;

        var page = await register.ListAsync(new() { Recipient = "recipients/desk" }, long.MaxValue, 50, default);
        var next = await register.ListAsync(new() { Recipient = "recipients/desk" }, page[^1].Seq, 50, default);

        Assert.Equal((50, 50), (page.Count, next.Count));
        Assert.True(next[0].Seq < page[^1].Seq);
        Assert.InRange(_suite.Store.RowsRead - before, 100, 400);
        Assert.Equal(Past + 1, await register.CountAsync(new() { Recipient = "recipients/desk" }, default));
    }

    [Fact]
    public async Task Rows_OfABreachToAnInbox_AreSmall()
    {
        var before = await SizeAsync();
        for (var i = 2; i < 202; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-7K3M9Q2T-{i:000000000000}"));
        }

        // With the event of the outcome, which is kept for thirty days.
        Assert.InRange((await SizeAsync() - before) / 200, 1, 4_000);

        Task<long> SizeAsync() =>
            _suite.CountAsync(
                "select (c.page_count - f.freelist_count) * s.page_size from pragma_page_count c, pragma_freelist_count f, "
                    + "pragma_page_size s"
            );
    }

    /// <summary>Copies the one message that there is.</summary>
    private Task FillAsync() =>
        _suite.Store.CommitAsync(
            new Unit()
                .Add(
                    """
                    insert into notification_message (id, event, recipient, recipient_name, role, reason, tlp, country, breach, case_name,
                      climb, step, severity,
                      state, sequence, created, delivered, read_at, read_by, acknowledged, acknowledged_by, settled)
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
                    select 'past-' || n.i, event, recipient, recipient_name, role, reason, tlp, country, breach, case_name, climb, step,
                      severity,
                      state, sequence, created, delivered, read_at, read_by, acknowledged, acknowledged_by, settled
                        from notification_message, n
                    """,
                    (long)Past
                )
                .Add(
                    """
                    insert into notification_delivery (message, channel, recipient, kind, destination, severity, state, created, due, ends,
                      attempts, failures,
                      holder, detail)
                    select m.id, d.channel, d.recipient, d.kind, d.destination, d.severity, d.state, d.created, d.due, d.ends, d.attempts,
                      d.failures, '', ''
                    from notification_message m, notification_delivery d where m.id like 'past-%'
                    """
                ),
            default
        );
}
