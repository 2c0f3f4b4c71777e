using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Running;
using EarlyWarning.Driver.Scenarios;
using Grpc.Core;

namespace EarlyWarning.Load.Tests.Running;

public class LatencyTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Corrected_OfACallerThatStoodStill_AddsTheCallsThatItDidNotMake()
    {
        var histogram = FlowRecorder.NewHistogram();
        histogram.RecordValueWithCount(Second / 100, 999);
        histogram.RecordValue(10 * Second);

        var corrected = Latencies.Corrected(histogram, TimeSpan.Zero);

        // At a hundred a second a standstill of ten seconds is met by a thousand calls, half of which wait for more than five.
        Assert.InRange(corrected.TotalCount, 1_980, 2_010);
        Assert.InRange(Latencies.Of(histogram).P99, 9, 11);
        Assert.InRange(Latencies.Of(corrected).P99, 9_700, 9_900);
    }

    [Fact]
    public void End_OfACallThatWasMeantEarlier_CountsFromThen()
    {
        var recorder = new FlowRecorder();
        var now = Stopwatch.GetTimestamp();
        recorder.Begin();
        recorder.End(intended: now, began: now + (2 * Stopwatch.Frequency), ended: now + (3 * Stopwatch.Frequency), items: 7);

        var taken = recorder.Take(1, 1);

        Assert.InRange(taken.Response.GetValueAtPercentile(50), 2.99 * Second, 3.01 * Second);
        Assert.InRange(taken.Service.GetValueAtPercentile(50), 0.99 * Second, 1.01 * Second);
        Assert.Equal((1, 1, 7), (taken.Window.Offered, taken.Window.Calls, taken.Window.Items));
    }

    [Fact]
    public void Take_ASecondTime_HasOnlyWhatCameSince()
    {
        var recorder = new FlowRecorder();
        recorder.Begin();
        recorder.Fail("Unavailable");
        recorder.Take(1, 1);
        recorder.Begin();
        recorder.Drop();

        var taken = recorder.Take(2, 1);

        Assert.Equal((2, 1, 0), (taken.Counts.Offered, taken.Counts.Dropped, taken.Counts.Failed));
        Assert.Equal(1, recorder.Failures["Unavailable"]);
        Assert.Equal(1, recorder.Unanswered);
    }

    [Fact]
    public async Task RunAsync_OfAnOpenFlowThatStandsStill_GoesOnCallingAndCountsTheWait()
    {
        var gate = new TaskCompletionSource();
        var recorder = new FlowRecorder();
        var activity = new Held(gate.Task);
        var flow = new Flow("held", "calls", OpenProfile.Inject(500, random: false), _ => activity);
        var running = Callers.RunAsync(
            flow,
            activity,
            recorder,
            Stopwatch.GetTimestamp(),
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(200),
            CancellationToken.None
        );

        // The last call has begun although none was answered: a closed caller would have stopped at the first.
        await activity.CalledAsync(99).WaitAsync(TimeSpan.FromSeconds(20));
        gate.SetResult();
        await running;

        var taken = recorder.Take(1, 1);
        Assert.Equal(99, taken.Counts.Calls);
        Assert.True(taken.Response.GetValueAtPercentile(1) < taken.Response.GetValueAtPercentile(99));
        Assert.InRange(taken.Response.GetValueAtPercentile(99), 0.19 * Second, 20 * Second);
    }

    [Fact]
    public async Task RunAsync_OfAClosedFlow_HasOneCallACallerAndStopsWhenTold()
    {
        using var stop = new CancellationTokenSource();
        var recorder = new FlowRecorder();
        var activity = new Refused();
        var flow = new Flow("refused", "calls", new ClosedProfile(3), _ => activity);
        var running = Callers.RunAsync(flow, activity, recorder, 0, TimeSpan.Zero, TimeSpan.FromHours(1), stop.Token);
        await activity.Called.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await running;

        // The sixth call of three callers, of whom each has one at a time, begins when three have ended.
        Assert.InRange(recorder.Failures["ResourceExhausted"], 3, 6);
        Assert.Equal(0, recorder.Unanswered);
    }

    private sealed class Held(Task gate) : IActivity
    {
        private readonly SemaphoreSlim _called = new(0);

        public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
        {
            _called.Release();
            await gate;
            return new(1);
        }

        public async Task CalledAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await _called.WaitAsync();
            }
        }

        public ValueTask DisposeAsync()
        {
            _called.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Refused : IActivity
    {
        private int _calls;

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Called> CallAsync(long number, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _calls) == 6)
            {
                Called.SetResult();
            }

            throw new RpcException(new(StatusCode.ResourceExhausted, "No more."));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
