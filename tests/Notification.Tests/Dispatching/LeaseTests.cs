using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.Store.Committing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan s_lease = new NotificationOptions().Lease;
    private WebhookReceiver _receiver = null!;
    private TestSuite _suite = null!;
    private ChannelKey _key;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _suite = await TestSuite.StartAsync(
            dispatch: false,
            Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address, "hook")}]")
        );
        _key = new("recipients/desk", "hook");
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Begin_ByTwoProcessesAtOnce_IsOneAttempt()
    {
        var id = await DeliverAsync();

        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Another().BeginAsync(_key, id, "", default)));

        Assert.Single(begun, mine => mine);
        Assert.Equal(1, await _suite.CountAsync("select count(*) from notification_receipt"));
    }

    [Fact]
    public async Task Start_ProcessBeforeEndedDuringTheAttempt_GoesOnAtOnceUnderTheSameId()
    {
        var id = await DeliverAsync();
        Assert.True(await Another().BeginAsync(_key, id, _receiver.Address, default));

        await _suite.RestartAsync();

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");
        Assert.Equal(id, Assert.Single(_receiver.Calls).Id);
        Assert.Equal([(1, false), (2, true)], delivered.Receipts.Select(r => (r.Attempt, r.Delivered)));
        Assert.Contains("The suite ended during the attempt", delivered.Receipts[0].Detail, StringComparison.Ordinal);
    }

    // Whoever lost the store may still be running on another machine, and sending.
    [Fact]
    public async Task Start_ProcessOfAnEpochBeforeHadAnAttemptUnderWay_GoesOnUnderTheSameIdWhenTheLeaseEnds()
    {
        var id = await DeliverAsync();
        var other = Another();
        Assert.True(await other.BeginAsync(_key, id, _receiver.Address, default));
        await _suite.Store.CommitAsync(
            new Unit().Add("update notification_delivery set holder = $1", $"00000000-{other.Holder[9..]}"),
            default
        );
        await _suite.RestartAsync();
        _suite.Advance(s_lease - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _receiver.Count);

        _suite.Advance(TimeSpan.FromSeconds(1));

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");
        Assert.Equal(id, Assert.Single(_receiver.Calls).Id);
        Assert.Equal([(1, false), (2, true)], delivered.Receipts.Select(r => (r.Attempt, r.Delivered)));
        Assert.Contains("The suite ended during the attempt", delivered.Receipts[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndEarlier_HolderRuns_IsLeftAlone()
    {
        var id = await DeliverAsync();
        var holder = Another();
        await holder.BeginAsync(_key, id, "", default);
        var other = Another(ProcessOf(holder));

        await holder.EndEarlierAsync(default);
        await other.EndEarlierAsync(default);

        Assert.Empty(await other.DueAsync(_key, 1, probe: false, default));
        Assert.Equal(1, await _suite.CountAsync("select count(*) from notification_receipt where outcome = 0"));
    }

    [Fact]
    public async Task EndEarlier_OneOfTwoHoldersHasEnded_FreesWhatThatOneHeld()
    {
        var (kept, lost) = (await DeliverAsync(), await DeliverAsync("XAB-2"));
        var (running, ended) = (Another(), Another());
        await running.BeginAsync(_key, kept, "", default);
        await ended.BeginAsync(_key, lost, "", default);
        var other = Another(ProcessOf(running));

        await other.EndEarlierAsync(default);

        Assert.Equal([lost], await other.DueAsync(_key, 2, probe: false, default));
        Assert.Equal(1, await _suite.CountAsync("select count(*) from notification_receipt where outcome = 0"));
    }

    // As one that stood still for longer than others wait for it: what it comes to is kept beside theirs, under the same id.
    [Fact]
    public async Task Record_HolderComesBackAfterItsLeaseWasEnded_LeavesWhatTheOtherDoes()
    {
        var id = await DeliverAsync();
        var paused = Another();
        Assert.True(await paused.BeginAsync(_key, id, "", default));
        var other = Another();
        await other.EndEarlierAsync(default);
        Assert.True(await other.BeginAsync(_key, id, "", default));

        await paused.RenewAsync([(_key, id)], default);

        Assert.Equal(
            1,
            await _suite.CountAsync($"select count(*) from notification_delivery where holder = '{other.Holder}' and attempts = 2")
        );
        Assert.False(await Another(ProcessOf(other)).BeginAsync(_key, id, "", default));
    }

    [Fact]
    public async Task Renew_AttemptUnderWay_KeepsOthersAway()
    {
        var id = await DeliverAsync();
        var holder = Another();
        await holder.BeginAsync(_key, id, "", default);
        for (var i = 0; i < 5; i++)
        {
            _suite.Time.Advance(s_lease / 2);
            await holder.RenewAsync([(_key, id)], default);
            Assert.Empty(await Another().DueAsync(_key, 1, probe: false, default));
        }

        _suite.Time.Advance(s_lease);
        Assert.Equal([id], await Another().DueAsync(_key, 1, probe: false, default));
    }

    // As after a commit of which only the answer was lost.
    [Fact]
    public async Task Renew_BegunButNotUnderWay_IsDueAgainWhenItsLeaseEnds()
    {
        var (runs, lost) = (await DeliverAsync(), await DeliverAsync("XAB-2"));
        var holder = Another();
        await holder.BeginAsync(_key, runs, "", default);
        await holder.BeginAsync(_key, lost, "", default);
        for (var i = 0; i < 4; i++)
        {
            _suite.Time.Advance(s_lease / 4);
            await holder.RenewAsync([(_key, runs)], default);
        }

        Assert.Equal([lost], await Another().DueAsync(_key, 2, probe: false, default));
    }

    [Fact]
    public async Task Due_LeaseOfAClockThatWasAhead_IsTakenForLost()
    {
        var id = await DeliverAsync();
        _suite.Time.Advance(TimeSpan.FromDays(400));
        await Another().BeginAsync(_key, id, "", default);

        _suite.Time.AdjustTime(Start);

        Assert.Equal([id], await Another().DueAsync(_key, 1, probe: false, default));
    }

    [Fact]
    public async Task Stop_AttemptUnderWay_EndsByItselfAndLeavesItsReceipt()
    {
        await _suite.RestartAsync();
        var hanging = _receiver.Hangs();
        await DeliverAsync();
        await _receiver.NextAsync();
        var restarted = _suite.RestartAsync();
        hanging.SetResult();
        await restarted;

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");
        Assert.True(Assert.Single(delivered.Receipts).Delivered);
        Assert.Equal(1, _receiver.Count);
    }

    private static string ProcessOf(DeliveryQueue queue) => queue.Holder.Split('-')[1];

    private async Task<string> DeliverAsync(string breach = "XAB-1")
    {
        await _suite.DeliverAsync(Breach(breach));
        return Message.IdOf((await _suite.ListAsync())[0].Name);
    }

    private DeliveryQueue Another(params string[] others) =>
        new(_suite.Store, new TestProcesses(Guid.NewGuid().ToString("N"), others), _suite.Options, _suite.Time);
}
