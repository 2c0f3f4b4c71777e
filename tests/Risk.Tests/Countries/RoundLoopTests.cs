using EarlyWarning.Risk.Countries;

namespace EarlyWarning.Risk.Tests.Countries;

public sealed class RoundLoopTests
{
    private readonly Queue<TaskCompletionSource> _rounds = new();
    private int _begun;
    private int _work;

    [Fact]
    public async Task Next_WhileARoundIsUnderWay_WaitsForAWholeOneThatBeginsAfterIt()
    {
        var loop = Loop();
        loop.Start();
        await BegunAsync(1);
        var end = loop.EndAsync();
        var next = loop.NextAsync();
        var shared = loop.NextAsync();
        End();
        await end;
        await BegunAsync(2);
        Assert.False(next.IsCompleted);
        End();
        await Task.WhenAll(next, shared, loop.Running);
        Assert.Equal(2, _begun);
    }

    [Fact]
    public async Task Start_WorkComesWhileARoundIsUnderWay_IsDoneByTheNextAndByNoOther()
    {
        var loop = Loop();
        loop.Start();
        await BegunAsync(1);
        _work = 1;
        loop.Start();
        loop.Start();
        End();
        await BegunAsync(2);
        _work = 0;
        End();
        await loop.Running;
        Assert.Equal(2, _begun);

        loop.Start();
        await BegunAsync(3);
        End();
        await loop.Running;
    }

    private RoundLoop Loop() =>
        new(
            () =>
            {
                var round = new TaskCompletionSource();
                _rounds.Enqueue(round);
                _begun++;
                return round.Task;
            },
            () => _work > 0
        );

    private Task BegunAsync(int round) => Eventually.HoldsAsync(() => Volatile.Read(ref _begun) == round, $"round {round} has begun");

    private void End() => _rounds.Dequeue().SetResult();
}
