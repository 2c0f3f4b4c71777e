using EarlyWarning.Scoring.Invariants;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Scoring.Tests.Infrastructure;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using Google.Rpc;
using Grpc.Core;
using static EarlyWarning.V1.Operation.Types;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <summary>Long calls that are left and come back to, on a real store.</summary>
public sealed partial class OperationTests : IAsyncDisposable
{
    private readonly TestStore _store = new(TimeProvider.System, ScoringExtensions.Migrations);
    private readonly StandingTime _time = new();
    private readonly World _world = Chronicle.Put(Samples.World());

    public async ValueTask DisposeAsync()
    {
        // Whatever a test has done, what is stored holds together.
        var found = await new OperationInvariant(_store).CheckAsync(CancellationToken.None);
        await _store.DisposeAsync();
        Assert.Empty(found.Violations);
    }

    [Theory]
    [InlineData(Method.FitModel)]
    [InlineData(Method.Backtest)]
    [InlineData(Method.QuantifyUncertainty)]
    [InlineData(Method.AnalyseSensitivity)]
    [InlineData(Method.AnalyseChoices)]
    [InlineData(Method.CompareFrameworks)]
    [InlineData(Method.OptimiseWeights)]
    public async Task Start_OfEachCall_EndsWithTheAnswerOfTheDirectCall(Method method)
    {
        await using var house = await StartAsync();

        var started = await house.StartAsync(Asked.Of(method), "ada");
        var ended = await house.EndOfAsync(started.Name);

        Assert.Equal((State.Queued, method, "ada", false), (started.State, started.Method, started.Caller, started.CallerVerified));
        Assert.Equal((State.Succeeded, 1.0, 1), (ended.State, ended.Progress, ended.Attempts));
        Assert.Equal(ended.Result.CalculateSize(), ended.ResultBytes);
        Assert.Equal((Samples.Now, Samples.Now.AddHours(24)), (ended.EndTime.ToDateTimeOffset(), ended.ExpireTime.ToDateTimeOffset()));
        Assert.Equal(await DirectAsync(house, Asked.Of(method)), WithoutTraces(ended.Result));
    }

    [Fact]
    public async Task Start_WithARequestId_KeepsItsAnswerInItsOwnCommitAndStartsNothingTwice()
    {
        await using var house = await StartAsync(runs: false);
        var call = OperationHouse.Call("ada");
        call.UserState["request-mark"] = "ada\nonce\n/Start\ncontent";
        var first = await house.Api.StartOperation(Asked.Uncertainty(requestId: "once"), call);

        var kept = await new RequestTable(_store, TimeProvider.System).FindAsync("ada", "once", default);
        Assert.Equal(first, V1.StartOperationResponse.Parser.ParseFrom(kept!.Answer));
        await Assert.ThrowsAsync<StoreConflictException>(() => house.Api.StartOperation(Asked.Uncertainty(requestId: "once"), call));
        Assert.Equal(1, (await house.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task Start_OfWhatCannotBe_IsRefusedAtOnce()
    {
        await using var house = await StartAsync(runs: false);

        await Refused.AtAsync("call", "FIELD_MISSING", () => house.StartAsync(new()));
        await Refused.AtAsync("compare_frameworks.before", "INVALID_FIELD", () => house.StartAsync(new() { CompareFrameworks = new() }));
        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () =>
            house.StartAsync(new() { AnalyseChoices = new() { Parent = "frameworks/none" } })
        );
        await Refused.AtAsync("minimum_revisions[0].country", "UNKNOWN_COUNTRY", () => house.StartAsync(
                new()
                {
                    AnalyseChoices = new()
                    {
                        Parent = Samples.Index,
                        MinimumRevisions =
                        {
                            new V1.CountryRevision { Country = "QQQ", Revision = 1 },
                        },
                    },
                }
            ));
        Assert.Equal(0, (await house.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task Start_OfWhatTheDirectCallRefuses_EndsWithItsError()
    {
        await using var house = await StartAsync();
        var request = new V1.QuantifyUncertaintyRequest { Parent = Samples.Index, Draws = 5 };
        var direct = await Assert.ThrowsAsync<RpcException>(() => house.Direct.QuantifyUncertainty(request, OperationHouse.Call()));

        var ended = await house.EndOfAsync((await house.StartAsync(new() { QuantifyUncertainty = request })).Name);

        Assert.Equal(State.Failed, ended.State);
        Assert.Equal(direct.GetRpcStatus(), ended.Error);
        Assert.Equal("draws", ended.Error.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        Assert.NotNull(ended.ExpireTime);
    }

    [Fact]
    public async Task List_WithFilters_PagesAndCountsWhatTheyKeep()
    {
        await using var house = await StartAsync(runs: false);
        List<string> names = [];
        for (var i = 0; i < 5; i++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            names.Add(
                (await house.StartAsync(i == 4 ? Asked.Of(Method.AnalyseChoices) : Asked.Uncertainty(1), i == 0 ? "bo" : "ada")).Name
            );
        }

        await house.Api.CancelOperation(new() { Name = names[3] }, OperationHouse.Call());
        names.Reverse();

        V1.ListOperationsRequest filter = new()
        {
            Caller = "ada",
            States = { State.Queued, State.Cancelled },
            PageSize = 3,
        };
        var first = await house.ListAsync(filter);
        filter.PageToken = first.NextPageToken;
        var second = await house.ListAsync(filter);

        Assert.Equal(names[..3], first.Operations.Select(one => one.Name));
        Assert.Equal(names[3..4], second.Operations.Select(one => one.Name));
        Assert.Equal((4, 4, ""), (first.TotalSize, second.TotalSize, second.NextPageToken));
        Assert.Equal(1, (await house.ListAsync(new() { States = { State.Cancelled } })).TotalSize);
        Assert.Equal(names[..1], (await house.ListAsync(new() { Methods = { Method.AnalyseChoices } })).Operations.Select(one => one.Name));
        await Refused.AtAsync("states", "INVALID_FIELD", () => house.ListAsync(new() { States = { (State)9 } }));
        filter.Caller = "bo";
        await Refused.AtAsync("page_token", "INVALID_TOKEN", () => house.ListAsync(filter));
    }

    [Fact]
    public async Task Wait_EndsWithTheOperationOrItsTime()
    {
        var answering = new TaskCompletionSource();
        _world.Answering = answering.Task;
        await using var house = await StartAsync();
        var name = (await house.StartAsync(Asked.Uncertainty())).Name;
        V1.WaitOperationRequest request = new() { Name = name, Timeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(20)) };

        Assert.Null((await house.Api.WaitOperation(request, OperationHouse.Call())).Operation.EndTime);
        request.Timeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));
        var waiting = house.Api.WaitOperation(request, OperationHouse.Call());
        answering.SetResult();

        Assert.Equal(
            State.Succeeded,
            (await waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Operation.State
        );
        Assert.Single((await house.GetAsync(name)).Result.QuantifyUncertainty.Scores, score => score.Country == "XAA");
        request.Timeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(6));
        await Refused.AtAsync("timeout", "INVALID_FIELD", () => house.Api.WaitOperation(request, OperationHouse.Call()));
    }

    [Fact]
    public async Task Name_WithAVerbThatIsNone_IsRefused()
    {
        await using var house = await StartAsync(runs: false);
        var name = (await house.StartAsync(Asked.Uncertainty())).Name;

        await Refused.AtAsync("name", "INVALID_FIELD", () => house.GetAsync($"{name}:other"));
        await Refused.AtAsync("name", "INVALID_FIELD", () => house.Api.CancelOperation(new() { Name = "cases/1" }, OperationHouse.Call()));
        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () => house.GetAsync("operations/none"));
        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () =>
            house.Api.DeleteOperation(new() { Name = "operations/none" }, OperationHouse.Call())
        );
        await Refused.WithAsync(StatusCode.NotFound, "NOT_FOUND", () =>
            house.Api.CancelOperation(new() { Name = "operations/none" }, OperationHouse.Call())
        );
    }

    private Task<OperationHouse> StartAsync(bool runs = true, Action<ScoringOptions>? configure = null) =>
        OperationHouse.StartAsync(_store, _world, _time, runs, configure);

    private static Task<ServiceDefaults.Status.StatusReport> StatusAsync(OperationHouse house) =>
        Microsoft
            .Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<OperationStatus>(house.Services)
            .ReadAsync(CancellationToken.None);
}
