using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Scenarios;
using Grpc.Core;

namespace EarlyWarning.Driver.Running;

/// <summary>Lets calls of a flow begin as its profile says.</summary>
internal static class Callers
{
    /// <summary>So many calls may be unanswered; what would come beyond is dropped, and said.</summary>
    private const int MostUnanswered = 10_000;

    /// <summary>After a failure a closed caller waits, so that a suite that is down is not called thousands of times a second.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a flow; returns when the last call is answered.</summary>
    /// <param name="flow">What is called, and when.</param>
    /// <param name="activity">What a call does.</param>
    /// <param name="recorder">Where it is taken down.</param>
    /// <param name="origin">The timestamp from which moments count.</param>
    /// <param name="warmup">How long it runs unmeasured.</param>
    /// <param name="duration">How long it is measured.</param>
    /// <param name="stop">Ends it early.</param>
    public static Task RunAsync(
        Flow flow,
        IActivity activity,
        FlowRecorder recorder,
        long origin,
        TimeSpan warmup,
        TimeSpan duration,
        CancellationToken stop
    ) =>
        flow.Profile switch
        {
            OpenProfile open => OpenAsync(
                open.Arrivals(warmup, duration, seed: flow.Name.Sum(letter => letter)),
                activity,
                recorder,
                origin,
                stop
            ),
            ClosedProfile closed => Task.WhenAll(
                Enumerable.Range(0, closed.Copies).Select(caller => ClosedAsync(caller, closed.Think, activity, recorder, stop))
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(flow)),
        };

    // Arrivals have a thread of their own: one that waits for its turn in a pool that is busy with answers would come late itself.
    private static async Task OpenAsync(
        IEnumerable<TimeSpan> arrivals,
        IActivity activity,
        FlowRecorder recorder,
        long origin,
        CancellationToken stop
    )
    {
        await Task.Factory.StartNew(
            () => Arrive(arrivals, activity, recorder, origin, stop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        for (var waited = Stopwatch.StartNew(); recorder.Unanswered > 0 && waited.Elapsed < s_patience; )
        {
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static void Arrive(
        IEnumerable<TimeSpan> arrivals,
        IActivity activity,
        FlowRecorder recorder,
        long origin,
        CancellationToken stop
    )
    {
        var number = 0L;
        foreach (var arrival in arrivals)
        {
            var intended = origin + (long)(arrival.TotalSeconds * Stopwatch.Frequency);
            while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), intended) is var wait && wait > TimeSpan.Zero)
            {
                if (stop.WaitHandle.WaitOne(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait))
                {
                    return;
                }
            }

            if (recorder.Unanswered >= MostUnanswered)
            {
                recorder.Drop();
                continue;
            }

            recorder.Begin();
            var call = number++;
            ThreadPool.UnsafeQueueUserWorkItem<object?>(
                _ => _ = CallAsync(call, intended, activity, recorder, CancellationToken.None),
                null,
                preferLocal: false
            );
        }
    }

    private static async Task ClosedAsync(int caller, TimeSpan think, IActivity activity, FlowRecorder recorder, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            recorder.Begin();
            var pause = await CallAsync(caller, intended: 0, activity, recorder, stop) ? think : s_afterFailure;
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<bool> CallAsync(long number, long intended, IActivity activity, FlowRecorder recorder, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var called = await activity.CallAsync(number, stop);
            began = called.Began > 0 ? called.Began : began;
            recorder.End(intended > 0 ? intended : began, began, called.Ended > 0 ? called.Ended : Stopwatch.GetTimestamp(), called.Items);
            return true;
        }
        catch (Exception exception) when (stop.IsCancellationRequested && exception is RpcException or OperationCanceledException)
        {
            recorder.GiveUp();
            return false;
        }
#pragma warning disable CA1031 // Whatever goes wrong with a call, it is counted, by what went wrong.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            recorder.Fail(exception is RpcException refused ? refused.StatusCode.ToString() : exception.GetType().Name);
            return false;
        }
    }
}
