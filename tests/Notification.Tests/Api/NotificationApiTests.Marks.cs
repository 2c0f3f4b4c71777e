using Grpc.Core;
using Microsoft.AspNetCore.Http;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Api;

/// <content>Marks and redelivery.</content>
public sealed partial class NotificationApiTests
{
    [Fact]
    public async Task Mark_ReadThenAcknowledged_IsKeptOnce()
    {
        await _suite.DeliverAsync(Escalation());
        var name = Assert.Single(await _suite.ListAsync()).Name;

        var read = await _suite.MarkAsync(name, acknowledged: false);
        _suite.Advance(TimeSpan.FromMinutes(1));
        await _suite.MarkAsync(name, acknowledged: false);
        await _suite.MarkAsync(name, acknowledged: true);
        var acknowledged = await _suite.MarkAsync(name, acknowledged: true);
        await _suite.RestartAsync();
        var again = (await _suite.ListAsync())[0];

        Assert.Equal((State.Read, 2L), (read.State, read.Sequence));
        Assert.Equal((State.Acknowledged, 3L, Start), (again.State, again.Sequence, again.ReadTime.ToDateTimeOffset()));
        Assert.Equal(acknowledged, again);
    }

    [Fact]
    public async Task Mark_MessageToNobody_IsRefused()
    {
        await _suite.DeliverAsync(Escalation(V1.Role.DecisionMaker));
        var name = Assert.Single(await _suite.ListAsync()).Name;

        var error = await Assert.ThrowsAsync<RpcException>(() => _api.ReadNotification(new() { Name = name }, _call));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    [Fact]
    public async Task Mark_EtagOfAnEarlierReading_IsAbortedNamingThePresentOneAndChangesNothing()
    {
        _call.UserState["__HttpContext"] = new DefaultHttpContext();
        await _suite.DeliverAsync(Escalation());
        var before = Assert.Single(await _suite.ListAsync());
        var read = (await _api.ReadNotification(new() { Name = before.Name, Etag = before.Etag }, _call)).Notification;

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.AcknowledgeNotification(new() { Name = before.Name, Etag = before.Etag }, _call)
        );
        var redelivery = await Assert.ThrowsAsync<RpcException>(() =>
            _api.RedeliverNotification(new() { Name = before.Name, Etag = before.Etag }, _call)
        );

        Assert.NotEqual(before.Etag, read.Etag);
        Assert.All([error, redelivery], refused => Assert.Equal(StatusCode.Aborted, refused.StatusCode));
        var info = error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!;
        Assert.Equal(("ETAG_MISMATCH", read.Etag, before.Name), (info.Reason, info.Metadata["etag"], info.Metadata["resource"]));
        Assert.Equal(read, Assert.Single(await _suite.ListAsync()));
        Assert.Equal(
            State.Acknowledged,
            (await _api.AcknowledgeNotification(new() { Name = before.Name, Etag = read.Etag }, _call)).Notification.State
        );
    }

    [Fact]
    public async Task Redeliver_WhatIsDeliveredOrNotThere_IsRefused()
    {
        await _suite.DeliverAsync(Escalation());
        await _suite.DeliverAsync(Escalation(V1.Role.DecisionMaker), "another");
        var all = await _suite.ListAsync();

        Assert.Equal(StatusCode.FailedPrecondition, await CodeAsync(() => _api.RedeliverNotification(new() { Name = all[1].Name }, _call)));
        Assert.Equal(StatusCode.FailedPrecondition, await CodeAsync(() => _api.RedeliverNotification(new() { Name = all[0].Name }, _call)));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(() => _api.RedeliverNotification(new() { Name = "notifications/x" }, _call)));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(() => _api.RedeliverNotifications(new() { Recipient = "recipients/x" }, _call)));
        Assert.Equal(
            StatusCode.NotFound,
            await CodeAsync(() => _api.RedeliverNotifications(new() { Recipient = "recipients/a", Channel = "x" }, _call))
        );
        Assert.Equal(0, (await _api.RedeliverNotifications(new() { Recipient = "recipients/a", Channel = "inbox" }, _call)).Notifications);

        static async Task<StatusCode> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
    }
}
