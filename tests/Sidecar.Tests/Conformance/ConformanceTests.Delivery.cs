using EarlyWarning.Sidecar.Tests.Infrastructure;
using Grpc.Core;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace EarlyWarning.Sidecar.Tests.Conformance;

/// <content>Deliveries.</content>
public sealed partial class ConformanceTests
{
    [Fact]
    public async Task Delivery_AnsweredUnimplemented_IsTakenForAcknowledged()
    {
        App.Answer(_id, (_, _) => throw new RpcException(new Status(StatusCode.Unimplemented, "not here")));
        await PublishAsync(_id, "{}");
        await App.Deliveries.WaitAsync(_id, Orders);

        await AfterWholeBudgetAsync();
        Assert.Single(App.Deliveries.Of(_id, Orders));
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    [Fact]
    public async Task Delivery_AnsweredRetryThenSuccess_IsDeliveredUntilThen()
    {
        App.Answer(_id, Retry, Retry, Success);
        await PublishAsync(_id, """{"a":1}""");

        var received = await App.Deliveries.WaitAsync(_id, Orders, 3);
        Assert.All(received, item => Assert.Equal("""{"a":1}""", item.Data.ToStringUtf8()));
        await AfterWholeBudgetAsync();
        Assert.Equal(3, App.Deliveries.Of(_id, Orders).Count);
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.InvalidArgument)]
    public async Task Delivery_FailedWithAnotherStatus_IsTriedAgain(StatusCode status)
    {
        var calls = 0;
        App.Answer(_id, (_, _) =>
            Interlocked.Increment(ref calls) == 1 ? throw new RpcException(new Status(status, "not now")) : Task.FromResult(Success)
        );
        await PublishAsync(_id, "{}");

        Assert.Equal(2, (await App.Deliveries.WaitAsync(_id, Orders, 2)).Count);
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    [Fact]
    public async Task Delivery_NotAnsweredInTime_IsTriedAgain()
    {
        var calls = 0;
        App.Answer(_id, async (_, context) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            return Success;
        });
        await PublishAsync(_id, "{}");

        Assert.Equal(2, (await App.Deliveries.WaitAsync(_id, Orders, 2)).Count);
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    [Fact]
    public async Task Delivery_RetriesExhausted_GoesToTheDeadLetterTopic()
    {
        App.Answer(_id, Retry);
        await PublishAsync(_id, """{"a":1}""");

        var dead = Assert.Single(await App.Deliveries.WaitAsync(_id, DeadLetters));
        Assert.Equal(4, App.Deliveries.Of(_id, Orders).Count);
        Assert.Equal("""{"a":1}""", dead.Data.ToStringUtf8());
        Assert.Equal("earlywarning.test", dead.Type);
        Assert.Equal(Orders, dead.Extensions.Fields["topic"].StringValue);
    }

    [Fact]
    public async Task Delivery_AnsweredDrop_GoesToTheDeadLetterTopicAtOnce()
    {
        App.Answer(_id, Drop);
        await PublishAsync(_id, "{}");

        Assert.Single(await App.Deliveries.WaitAsync(_id, DeadLetters));
        Assert.Single(App.Deliveries.Of(_id, Orders));
    }

    [Fact]
    public async Task Delivery_RetriesExhaustedWithoutDeadLetterTopic_IsLost()
    {
        App.Answer(_id, Retry);
        await PublishAsync(_id, "{}", "unguarded");

        await App.Deliveries.WaitAsync(_id, "unguarded", 4);
        await AfterWholeBudgetAsync();
        Assert.Equal(4, App.Deliveries.Of(_id, "unguarded").Count);
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    [Fact]
    public async Task Delivery_SidecarRestartsInTheMiddle_IsDeliveredAgain()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        App.Answer(_id, async (_, context) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await held.Task.WaitAsync(context.CancellationToken);
            }

            return Success;
        });
        await PublishAsync(_id, "{}");
        await App.Deliveries.WaitAsync(_id, Orders);

        await fixture.RestartSidecarAsync();

        Assert.Equal(2, (await App.Deliveries.WaitAsync(_id, Orders, 2)).Count);
        held.SetResult();
    }

    [Fact]
    public async Task Delivery_AppStopsInTheMiddle_IsDeliveredWhenItIsBack()
    {
        var calls = 0;
        App.Answer(_id, async (_, context) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            return Success;
        });
        await PublishAsync(_id, "{}");
        await App.Deliveries.WaitAsync(_id, Orders);
        await App.StopAsync();
        await App.StartAsync();

        await App.Deliveries.WaitAsync(_id, Orders, 2);
        Assert.Empty(App.Deliveries.Of(_id, DeadLetters));
    }

    /// <summary>
    /// Waits as long as a message takes from its first delivery through all its retries: what was to be delivered again has been by then.
    /// </summary>
    private async Task AfterWholeBudgetAsync(CallbackApp? seenBy = null)
    {
        var marker = Guid.NewGuid().ToString("N");
        var app = seenBy ?? App;
        app.Answer(marker, Retry);
        await PublishAsync(marker, "{}");
        await app.Deliveries.WaitAsync(marker, Orders, 4);
    }
}
