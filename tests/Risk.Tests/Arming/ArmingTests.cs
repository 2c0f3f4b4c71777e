using EarlyWarning.Risk.Arming;
using EarlyWarning.Risk.Tests.Infrastructure;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Risk.Tests.Arming;

/// <summary>While the suite is unarmed it decides and lists as ever, and tells nobody.</summary>
public sealed class ArmingTests
{
    [Fact]
    public async Task Unarmed_Breach_IsListedAndNeverTold()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.Arming.UnarmAsync(TimeSpan.FromHours(1), "First load.", "duty", false, default);
        await cluster.ObserveAsync(90, "a");
        var fired = Assert.Single((await cluster.Register.ListAsync(new(), null, 10)).Items);
        Assert.True(fired.Suppressed);
        Assert.Equal(1, await cluster.Arming.SuppressedAsync(default));

        // Its end is not told either, armed or not: nobody knows that it began.
        await cluster.Arming.ArmAsync("duty", default);
        await cluster.ObserveAsync(10, "b");
        Assert.Equal(V1.Breach.Types.State.Resolved, Assert.Single((await cluster.Register.ListAsync(new(), null, 10)).Items).State);
        Assert.Empty(await cluster.Journals.ReadAsync(new("select event from outbox"), row => row.GetString(0), default));
        Assert.Equal(0, await cluster.Arming.SuppressedAsync(default));

        await cluster.ObserveAsync(95, "c");
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 1, "what fires after it was armed is told");
    }

    [Fact]
    public async Task Arm_EtagOfAnUnarmingThatWasSetAnew_IsAbortedAndTheSuiteStaysUnarmed()
    {
        await using var store = new TestStore(TimeProvider.System, RiskExtensions.Migrations);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var arming = new RiskArming(store, time, NullLogger<RiskArming>.Instance);
        var mine = await arming.UnarmAsync(TimeSpan.FromHours(1), "My load.", "me", true, default);
        time.Advance(TimeSpan.FromMinutes(1));
        var theirs = await arming.UnarmAsync(TimeSpan.FromHours(1), "Their load.", "them", true, default);

        var error = await Assert.ThrowsAsync<RpcException>(() => arming.ArmAsync("me", default, mine.Etag));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal(theirs.Etag, error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata["etag"]);
        Assert.Equal(theirs, arming.Current);
        await arming.ArmAsync("them", default, theirs.Etag);
        Assert.Null(arming.Current);
        Assert.Equal(
            StatusCode.Aborted,
            (await Assert.ThrowsAsync<RpcException>(() => arming.ArmAsync("them", default, theirs.Etag))).StatusCode
        );
    }

    [Fact]
    public async Task Unarmed_TimeIsOver_ArmsItselfAndSaysWhatNobodyWasToldOf()
    {
        await using var store = new TestStore(TimeProvider.System, RiskExtensions.Migrations);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var arming = new RiskArming(store, time, NullLogger<RiskArming>.Instance);
        var unarmed = await arming.UnarmAsync(TimeSpan.FromHours(24), "First load.", "duty", true, default);
        Assert.Equal(unarmed, arming.Current);
        Assert.Equal(V1.Health.Failing, (await new ArmingLine(arming).ReadAsync(default)).Lines[0].Health);

        time.Advance(TimeSpan.FromHours(1));
        var longer = await arming.UnarmAsync(TimeSpan.FromHours(24), "A longer load.", "duty", true, default);
        Assert.Equal((unarmed.Since, unarmed.Since.AddHours(25)), (longer.Since, longer.Until));

        // Another process, or this one after a restart, finds the same.
        var other = new RiskArming(store, time, NullLogger<RiskArming>.Instance);
        await other.LookAsync(default);
        Assert.Equal(longer, other.Current);

        time.Advance(TimeSpan.FromHours(24));
        Assert.Null(arming.Current);
        Assert.Null(other.Current);
        Assert.Equal(V1.Health.Ok, (await new ArmingLine(arming).ReadAsync(default)).Lines[0].Health);
    }

    [Fact]
    public async Task Unarmed_TimeIsOverAndTheClockIsSetBack_StaysArmed()
    {
        await using var store = new TestStore(TimeProvider.System, RiskExtensions.Migrations);
        MovedTime time = new(TimeProvider.System);
        var arming = new RiskArming(store, time, NullLogger<RiskArming>.Instance);
        await arming.UnarmAsync(TimeSpan.FromHours(1), "First load.", "duty", true, default);
        time.Moved = TimeSpan.FromHours(2);
        await arming.LookAsync(default);

        time.Moved = TimeSpan.Zero;
        await arming.LookAsync(default);

        Assert.Null(arming.Current);
        var other = new RiskArming(store, time, NullLogger<RiskArming>.Instance);
        await other.LookAsync(default);
        Assert.Null(other.Current);
    }
}
