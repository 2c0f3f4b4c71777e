using EarlyWarning.Scoring.Invariants;
using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Rpc;
using Grpc.Core;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <summary>What becomes of operations that are cancelled, left by their process, or whose store is away.</summary>
public sealed class OperationRunningTests : IAsyncDisposable
{
    private readonly TestStore _store = new(TimeProvider.System, ScoringExtensions.Migrations);
    private readonly StandingTime _time = new();
    private readonly World _world = Asked.Wide();

    public async ValueTask DisposeAsync()
    {
        var found = await new OperationInvariant(_store).CheckAsync(CancellationToken.None);
        await _store.DisposeAsync();
        Assert.Empty(found.Violations);
    }

    [Fact]
    public async Task Cancel_WhileItComputes_StopsTheComputationAndLetsTheNextOneRun()
    {
        await using var house = await StartAsync();
        var name = (await house.StartAsync(Asked.Endless(), "ada")).Name;
        var running = await Eventually.GetAsync(
            () => house.GetAsync(name),
            operation => operation is { Phase: "drawing", Progress: < 1 },
            "it draws"
        );
        Assert.Equal(State.Running, running.State);

        // Of two that are started at one moment either may be first.
        var next = (await house.StartAsync(Asked.Uncertainty())).Name;
        Assert.Equal(State.Queued, (await house.GetAsync(next)).State);

        var cancelled = (await house.Api.CancelOperation(new() { Name = name }, OperationHouse.Call("bo"))).Operation;

        Assert.Equal((State.Cancelled, StatusCode.Cancelled), (cancelled.State, (StatusCode)cancelled.Error.Code));
        Assert.Equal("OPERATION_CANCELLED", cancelled.Error.GetDetail<ErrorInfo>()!.Reason);
        Assert.Contains("bo", cancelled.Error.Message, StringComparison.Ordinal);
        Assert.Equal(State.Succeeded, (await house.EndOfAsync(next)).State);
        Assert.Equal(cancelled, (await house.Api.CancelOperation(new() { Name = name }, OperationHouse.Call())).Operation);
        Assert.Equal(State.Cancelled, (await house.GetAsync(name)).State);
    }

    [Fact]
    public async Task Cancel_WhileItReads_EndsIt()
    {
        _world.Answering = new TaskCompletionSource().Task;
        await using var house = await StartAsync();
        var name = (await house.StartAsync(Asked.Uncertainty())).Name;
        await Eventually.GetAsync(() => house.GetAsync(name), operation => operation.Phase == "reading", "it reads");

        await house.Api.CancelOperation(new() { Name = name }, OperationHouse.Call());
        _world.Answering = Task.CompletedTask;

        Assert.Equal(State.Succeeded, (await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty())).Name)).State);
    }

    [Fact]
    public async Task Delete_WhileItRuns_StopsAndForgetsIt()
    {
        await using var house = await StartAsync();
        var name = (await house.StartAsync(Asked.Endless())).Name;
        await house.RunningAsync(name);

        await house.Api.DeleteOperation(new() { Name = name }, OperationHouse.Call());

        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () => house.GetAsync(name));
        Assert.Equal(State.Succeeded, (await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty())).Name)).State);
    }

    [Fact]
    public async Task Kill_WhileItRuns_BeginsItAnewAndAnswersFromWhatWasKnownAtItsStart()
    {
        string name;
        await using (var before = await StartAsync(runs: false))
        {
            name = (await before.StartAsync(Asked.Uncertainty())).Name;
            await OperationHouse.MarkAsKilledAsync(_store, name, attempts: 1);
        }

        V1.QuantifyUncertaintyResponse expected;
        await using (var other = await OperationHouse.StartAsync(new(_time, ScoringExtensions.Migrations), Asked.Wide(), _time))
        {
            expected = (await other.EndOfAsync((await other.StartAsync(Asked.Uncertainty())).Name)).Result.QuantifyUncertainty;
        }

        // Meanwhile more became known, and the framework has another version.
        _time.Now += TimeSpan.FromHours(1);
        _world.See("XAA", "killings", 1, known: _time.Now).Put(Samples.Small(change: model => model.Root.Children.RemoveAt(1)));
        await using var after = await StartAsync();
        var ended = await after.EndOfAsync(name);

        Assert.Equal((State.Succeeded, 2), (ended.State, ended.Attempts));
        foreach (var (was, now) in expected.Scores.Zip(ended.Result.QuantifyUncertainty.Scores))
        {
            // The revision is that of the moment of reading; all else follows from what was known.
            now.Revision = was.Revision;
            Assert.Equal(was, now);
        }

        Assert.Equal("frameworks/small/versions/1", ended.Result.QuantifyUncertainty.Computation.Framework);
        Assert.NotEqual(
            expected.Scores,
            (await after.EndOfAsync((await after.StartAsync(Asked.Uncertainty())).Name)).Result.QuantifyUncertainty.Scores
        );
    }

    [Fact]
    public async Task Start_BesideAProcessThatRunsOne_LeavesItAlone_UntilThatHasEnded()
    {
        // To the third the first has ended; to itself it runs beside both, and takes nothing back.
        await using var one = await OperationHouse.StartAsync(_store, _world, _time, processes: new TestProcesses("one", "two", "three"));
        var name = (await one.StartAsync(Asked.Endless())).Name;
        await one.RunningAsync(name);

        await using (var two = await OperationHouse.StartAsync(_store, _world, _time, processes: new TestProcesses("two", "one")))
        {
            var own = (await two.StartAsync(Asked.Uncertainty())).Name;
            Assert.Equal(State.Succeeded, (await two.EndOfAsync(own)).State);
            Assert.Equal((State.Running, 1), await one.GetAsync(name) is var running ? (running.State, running.Attempts) : default);
        }

        await using var three = await OperationHouse.StartAsync(_store, _world, _time, processes: new TestProcesses("three"));
        Assert.Equal(2, (await three.RunningAsync(name)).Attempts);
        await three.Api.CancelOperation(new() { Name = name }, OperationHouse.Call());
    }

    [Fact]
    public async Task Cancel_AtAnotherProcess_StopsItWhereItRuns()
    {
        await using var one = await OperationHouse.StartAsync(_store, _world, _time, processes: new TestProcesses("one", "two"));
        var name = (await one.StartAsync(Asked.Endless())).Name;
        await one.RunningAsync(name);
        await using var two = await OperationHouse.StartAsync(
            _store,
            _world,
            _time,
            runs: false,
            processes: new TestProcesses("two", "one")
        );

        await two.Api.CancelOperation(new() { Name = name }, OperationHouse.Call());

        // Its slot is free again.
        Assert.Equal(State.Succeeded, (await one.EndOfAsync((await one.StartAsync(Asked.Uncertainty())).Name)).State);
    }

    [Fact]
    public async Task Kill_AsOftenAsMayBe_EndsItInWordsAndLetsTheOthersRun()
    {
        string poisoned,
            other;
        await using (var before = await StartAsync(runs: false))
        {
            (poisoned, other) = ((await before.StartAsync(Asked.Endless())).Name, (await before.StartAsync(Asked.Uncertainty())).Name);
            await OperationHouse.MarkAsKilledAsync(_store, poisoned, attempts: 2);
        }

        await using var after = await StartAsync();

        var ended = await after.EndOfAsync(poisoned);
        Assert.Equal((State.Failed, "OPERATION_ABANDONED", 2), (ended.State, ended.Error.GetDetail<ErrorInfo>()!.Reason, ended.Attempts));
        Assert.Equal(State.Succeeded, (await after.EndOfAsync(other)).State);
    }

    [Fact]
    public async Task Stop_WhileItRuns_CountsNoAttemptAndTheNextStartGoesOn()
    {
        string name;
        await using (var before = await StartAsync())
        {
            name = (await before.StartAsync(Asked.Endless())).Name;
            await before.RunningAsync(name);
        }

        await using var looking = await StartAsync(runs: false);
        var waiting = await looking.GetAsync(name);
        Assert.Equal((State.Queued, 0), (waiting.State, waiting.Attempts));
        await using var after = await StartAsync();
        Assert.Equal(1, (await after.RunningAsync(name)).Attempts);
    }

    [Fact]
    public async Task Store_AwayAtTheEnd_KeepsTheResultUntilItIsBack()
    {
        var answering = new TaskCompletionSource();
        _world.Answering = answering.Task;
        await using var house = await StartAsync();
        var name = (await house.StartAsync(Asked.Uncertainty())).Name;
        await Eventually.GetAsync(() => house.GetAsync(name), operation => operation.Phase == "reading", "it reads");
        _store.Broken = true;
        answering.SetResult();
        V1.Operation? seen = null;
        await Eventually.HoldsAsync(
            async () => (seen = await house.GetAsync(name)) is { State: State.Running, Progress: > 0.9 },
            "it is done and cannot be kept",
            seen: () => $"{seen}"
        );

        _store.Broken = false;

        Assert.Equal((State.Succeeded, 1), (await house.EndOfAsync(name)) is var ended ? (ended.State, ended.Attempts) : default);
    }

    [Fact]
    public async Task Store_ThatLosesTheAnswerOfABeginning_LosesNoOperation()
    {
        string name;
        await using (var before = await StartAsync(runs: false))
        {
            name = (await before.StartAsync(Asked.Uncertainty())).Name;
        }

        // The commit that recovers is first, and fails; it is made again.
        _store.LoseNextCommit = true;
        await using var house = await StartAsync();
        Assert.Equal(State.Succeeded, (await house.EndOfAsync(name)).State);
        _store.LoseNextCommit = true;
        await Assert.ThrowsAsync<Store.Faults.StoreUnavailableException>(() => house.StartAsync(Asked.Uncertainty(2, "lost")));

        // What was kept all the same is found by its id, and runs.
        Assert.Equal(State.Succeeded, (await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty(2, "lost"))).Name)).State);
    }

    [Fact]
    public async Task Invariant_WhereSomethingIsGone_NamesTheOperation()
    {
        await using var house = await StartAsync();
        var ended = await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty())).Name);
        await _store.CommitAsync(
            new Store.Committing.Unit().Add("delete from scoring_operation_result where name = $1", ended.Name),
            CancellationToken.None
        );

        var found = await new OperationInvariant(_store).CheckAsync(CancellationToken.None);

        Assert.Equal(1, found.Looked);
        Assert.Contains(ended.Name, Assert.Single(found.Violations), StringComparison.Ordinal);
        await house.Api.DeleteOperation(new() { Name = ended.Name }, OperationHouse.Call());
    }

    private Task<OperationHouse> StartAsync(bool runs = true) => OperationHouse.StartAsync(_store, _world, _time, runs);
}
