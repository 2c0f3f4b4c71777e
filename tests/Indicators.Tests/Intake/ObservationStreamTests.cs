using System.Collections.Concurrent;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Indicators.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Intake;
using Grpc.Core;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ObservationStreamTests : IClassFixture<SuiteCluster>
{
    private readonly SuiteCluster _cluster;
    private readonly Pipe<V1.StreamObservationsRequest, V1.StreamObservationsResponse> _pipe = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<double, TaskCompletionSource> _held = [];

    public ObservationStreamTests(SuiteCluster cluster)
    {
        _cluster = cluster;
        _cluster.Script.Calls.Clear();
        _cluster.Script.Answer = async (country, batch) =>
        {
            _asked.TrySetResult();
            await Held(batch.Items[0].Value).Task;
            return await CountryScript.AllRecorded(country, batch);
        };
    }

    [Fact]
    public async Task Run_SeveralBatches_EachIsAnsweredUnderItsSequenceAsItIsDone()
    {
        var running = RunAsync();
        Send(11, 1);
        Send(12, 2);

        Held(2).SetResult();
        var first = await _pipe.ReceiveAsync();
        Held(1).SetResult();
        var second = await _pipe.ReceiveAsync();
        _pipe.SendNoMore();
        await running;

        Assert.Equal((12, 11), (first.Sequence, second.Sequence));
        Assert.Equal(V1.Outcome.Recorded, Assert.Single(first.Outcomes));
        Assert.Equal(7, Assert.Single(first.Revisions).Revision);
    }

    [Fact]
    public async Task Run_CallerHasSentAll_EndsWhenAllIsAnswered()
    {
        var running = RunAsync();
        Send(1, 1);
        _pipe.SendNoMore();
        Assert.False(running.IsCompleted);

        Held(1).SetResult();
        await running;

        Assert.Equal(1, (await _pipe.ReceiveAsync()).Sequence);
    }

    [Fact]
    public async Task Run_MoreUnansweredThanTheLimit_EndsByNameAfterAnsweringWhatWasTaken()
    {
        foreach (var number in Enumerable.Range(1, 4))
        {
            Send(number, number);
        }

        // What is sent already is read before the call returns, so no answer can make room for the fourth.
        var running = RunAsync();
        foreach (var number in Enumerable.Range(1, 4))
        {
            Held(number).SetResult();
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => running);

        Assert.Equal((StatusCode.ResourceExhausted, "IN_FLIGHT_EXCEEDED"), (error.StatusCode, ReasonOf(error)));
        long[] answered =
        [
            (await _pipe.ReceiveAsync()).Sequence,
            (await _pipe.ReceiveAsync()).Sequence,
            (await _pipe.ReceiveAsync()).Sequence,
        ];
        Assert.Equal([1, 2, 3], answered.Order());
        Assert.Equal(3, _cluster.Script.Calls.Count);
    }

    [Fact]
    public async Task Run_AnswerRead_MakesRoomForTheNextBatch()
    {
        var running = RunAsync();
        foreach (var number in Enumerable.Range(1, 3))
        {
            Send(number, number);
        }

        foreach (var number in Enumerable.Range(1, 20))
        {
            Held(number).SetResult();
            Assert.Equal(number, (await _pipe.ReceiveAsync()).Sequence);
            Send(number + 3, number + 3);
        }

        foreach (var number in Enumerable.Range(21, 3))
        {
            Held(number).SetResult();
        }

        _pipe.SendNoMore();
        await running;
    }

    [Fact]
    public async Task Run_ItemRefused_IsInTheAnswer()
    {
        var running = RunAsync();
        _pipe.Send(new() { Sequence = 5, Observations = { Sample.Observation("QQQ") } });
        var answer = await _pipe.ReceiveAsync();
        _pipe.SendNoMore();
        await running;

        Assert.Equal((V1.Outcome.Rejected, "observations[0].country"), (answer.Outcomes[0], answer.Problems[0].Field));
    }

    [Theory]
    [InlineData(0, 1, "INVALID_FIELD")]
    [InlineData(1, 0, "INVALID_FIELD")]
    [InlineData(1, 51, "BATCH_TOO_LARGE")]
    public async Task Run_BatchThatBreaksARule_EndsTheStreamByName(long sequence, int items, string reason)
    {
        var running = RunAsync();
        _pipe.Send(new() { Sequence = sequence, Observations = { Enumerable.Range(0, items).Select(_ => Sample.Observation()) } });

        var error = await Assert.ThrowsAsync<RpcException>(() => running);

        Assert.Equal((StatusCode.InvalidArgument, reason), (error.StatusCode, ReasonOf(error)));
        Assert.Empty(_cluster.Script.Calls);
    }

    [Fact]
    public async Task Run_SuiteStops_AnswersWhatWasTakenAndSaysSo()
    {
        using var stopping = new CancellationTokenSource();
        var running = RunAsync(stopping.Token);
        Send(1, 1);
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await stopping.CancelAsync();
        Held(1).SetResult();
        var error = await Assert.ThrowsAsync<RpcException>(() => running);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(1, (await _pipe.ReceiveAsync()).Sequence);
    }

    [Fact]
    public async Task Run_CallerGoes_EndsOnceTheCountriesHaveAnswered()
    {
        using var cancelled = new CancellationTokenSource();
        var running = RunAsync(cancelled: cancelled.Token);
        Send(1, 1);
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await cancelled.CancelAsync();
        Held(1).SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task RunAsync(CancellationToken stopping = default, CancellationToken cancelled = default) =>
        new ObservationStream(_cluster.Intake, new IntakeLimits { MaxInFlightBatches = 3 }, granted: null, _pipe, _pipe).RunAsync(
            stopping,
            cancelled
        );

    private void Send(long sequence, double value) =>
        _pipe.Send(new() { Sequence = sequence, Observations = { Sample.Observation(value: value) } });

    private TaskCompletionSource Held(double value) => _held.GetOrAdd(value, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static string ReasonOf(RpcException error) => error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
}
