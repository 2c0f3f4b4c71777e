using EarlyWarning.Host.Events;
using EarlyWarning.Host.Status;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.EndToEnd.Tests.Events;

/// <summary>What an operator sees of an event that did not arrive, and does about it.</summary>
public sealed class EventApiTests : IAsyncDisposable
{
    private readonly TestStore _store = new(TimeProvider.System);
    private readonly EventApi _api;
    private readonly FakeCall _call = new();

    public EventApiTests()
    {
        // Where Grpc.AspNetCore puts it, which tells who calls.
        _call.UserState["__HttpContext"] = new DefaultHttpContext();
        _api = new(
            _store.Events,
            new DeliveryLines(new(new TestProcesses("one"), TimeProvider.System), TimeProvider.System),
            new PageTokens(() => ("EPOCH000", "secret")),
            TimeProvider.System
        );
    }

    [Fact]
    public async Task Events_OneFailedAndOneSetAside_AreListedShownRetriedAndDismissed()
    {
        await OweAsync("FJI-1.1.E");
        await OweAsync("FJI-2.1.E");
        await OweAsync("FJI-3.1.E");
        await _store.CommitAsync(new Unit().Confirm("notification", "FJI-1.1.E", DateTimeOffset.UtcNow), default);
        await _store.CommitAsync(new Unit().Confirm("escalation", "FJI-1.1.E", DateTimeOffset.UtcNow, "It has no country."), default);
        await _store.Outbox.SetAsideAsync("FJI-2.1.E", "It is too large.", default);

        var listed = await _api.ListEvents(new() { PageSize = 2 }, _call);
        Assert.Equal(
            [("events/FJI-1.1.E", Event.Types.State.Failed), ("events/FJI-2.1.E", Event.Types.State.SetAside)],
            listed.Events.Select(one => (one.Name, one.State))
        );
        Assert.Equal(3, listed.TotalSize);
        Assert.Equal(
            "events/FJI-3.1.E",
            Assert.Single((await _api.ListEvents(new() { PageSize = 2, PageToken = listed.NextPageToken }, _call)).Events).Name
        );

        var failed = (await _api.GetEvent(new() { Name = "events/FJI-1.1.E" }, _call)).Event;
        Assert.Equal(["escalation"], failed.Missing);
        Assert.Equal("breaches/FJI-1", Breach.Parser.ParseJson(failed.Data).Name);

        var retried = (await _api.RetryEvent(new() { Name = failed.Name }, _call)).Event;
        Assert.Equal((Event.Types.State.Owed, ""), (retried.State, retried.Fault));
        var dismissed = (await _api.DismissEvent(new() { Name = "events/FJI-2.1.E", Reason = "Told by telephone." }, _call)).Event;
        Assert.Equal((Event.Types.State.Dismissed, "Told by telephone."), (dismissed.State, dismissed.Dismissal.Reason));
        Assert.Equal(dismissed, (await _api.DismissEvent(new() { Name = dismissed.Name, Reason = "Again." }, _call)).Event);
        Assert.Equal(2, (await _api.ListEvents(new(), _call)).TotalSize);
        Assert.Equal(dismissed, Assert.Single((await _api.ListEvents(new() { State = Event.Types.State.Dismissed }, _call)).Events));
        await RefusesAsync(StatusCode.FailedPrecondition, () => _api.RetryEvent(new() { Name = dismissed.Name }, _call));
    }

    [Fact]
    public async Task Dismiss_WhatGoesOnByItself_IsRefused()
    {
        await OweAsync("FJI-1.1.E");
        await RefusesAsync(StatusCode.FailedPrecondition, () =>
            _api.DismissEvent(new() { Name = "events/FJI-1.1.E", Reason = "No." }, _call)
        );
        await RefusesAsync(StatusCode.InvalidArgument, () => _api.DismissEvent(new() { Name = "events/FJI-1.1.E", Reason = " " }, _call));
        await RefusesAsync(StatusCode.NotFound, () => _api.DismissEvent(new() { Name = "events/FJI-9.1.E", Reason = "No." }, _call));
        await RefusesAsync(StatusCode.InvalidArgument, () => _api.GetEvent(new() { Name = "FJI-1.1.E" }, _call));
        Assert.Equal(1, (await _api.ListEvents(new(), _call)).TotalSize);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static async Task RefusesAsync(StatusCode status, Func<Task> act) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(act)).StatusCode);

    private Task OweAsync(string id) =>
        _store.CommitAsync(
            new Unit().Publish(
                "risk",
                new(
                    Topics.ThresholdBreaches,
                    id,
                    "earlywarning.v1.breach.firing",
                    "FJI",
                    new Breach { Name = $"breaches/{id.Split('.')[0]}" }
                ),
                DateTimeOffset.UtcNow
            ),
            default
        );
}
