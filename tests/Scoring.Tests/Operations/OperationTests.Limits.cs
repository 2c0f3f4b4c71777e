using EarlyWarning.Scoring.Operations;
using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Rpc;
using Grpc.Core;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <content>How many, how large and for how long.</content>
public sealed partial class OperationTests
{
    [Fact]
    public async Task Start_BeyondWhatMayWait_IsRefusedUntilOneIsGone()
    {
        await using var house = await StartAsync(runs: false, options => options.Operations.MostQueued = 2);
        var first = await house.StartAsync(Asked.Uncertainty(1));
        await house.StartAsync(Asked.Uncertainty(2));

        await Refused.WithAsync(StatusCode.ResourceExhausted, "TOO_MANY_OPERATIONS", () => house.StartAsync(Asked.Uncertainty(3)));
        Assert.Equal(V1.Health.Attention, (await StatusAsync(house)).Lines.Single().Health);
        await house.Api.CancelOperation(new() { Name = first.Name }, OperationHouse.Call());
        Assert.Equal(State.Queued, (await house.StartAsync(Asked.Uncertainty(3))).State);
    }

    [Fact]
    public async Task Start_BeyondWhatIsKept_IsRefusedUntilOneIsDeleted()
    {
        await using var house = await StartAsync(runs: false, options =>
            (options.Operations.MostQueued, options.Operations.MostKept) = (1, 3)
        );
        for (var seed = 1UL; seed <= 3; seed++)
        {
            await house.Api.CancelOperation(new() { Name = (await house.StartAsync(Asked.Uncertainty(seed))).Name }, OperationHouse.Call());
        }

        await Refused.WithAsync(StatusCode.ResourceExhausted, "TOO_MANY_OPERATIONS", () => house.StartAsync(Asked.Uncertainty(4)));
        await house.Api.DeleteOperation(new() { Name = (await house.ListAsync()).Operations[0].Name }, OperationHouse.Call());
        Assert.Equal(State.Queued, (await house.StartAsync(Asked.Uncertainty(4))).State);
    }

    [Fact]
    public async Task Result_LargerThanIsKept_EndsTheOperationInWords()
    {
        await using var house = await StartAsync(configure: options => options.Operations.MaxResultBytes = 1_024);

        var ended = await house.EndOfAsync((await house.StartAsync(Asked.Of(Method.AnalyseChoices))).Name);

        Assert.Equal((State.Failed, "RESULT_TOO_LARGE"), (ended.State, ended.Error.GetDetail<ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task Expiry_AfterItsTime_LeavesNothing()
    {
        await using var house = await StartAsync();
        var name = (await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty())).Name)).Name;
        Assert.Equal(Samples.Now.AddHours(24), _store.Of(OperationUnits.Queue, name));

        await house.Operations.ExpireAsync(name, CancellationToken.None);
        Assert.Equal(State.Succeeded, (await house.GetAsync(name)).State);
        _time.Now += TimeSpan.FromHours(25);
        await house.Operations.ExpireAsync(name, CancellationToken.None);

        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () => house.GetAsync(name));
        Assert.Null(_store.Next(OperationUnits.Queue));
        await house.Operations.ExpireAsync(name, CancellationToken.None);
    }
}
