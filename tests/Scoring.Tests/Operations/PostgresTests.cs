using EarlyWarning.Scoring.Invariants;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Scoring.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <summary>The same statements on PostgreSQL.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Operations_OnPostgres_AreStartedRunCountedListedCancelledAndForgotten()
    {
        await using var server = await PostgresServer.StartAsync();
        await using TestStore store = new(TimeProvider.System, server, ScoringExtensions.Migrations);
        StandingTime time = new();
        await using var house = await OperationHouse.StartAsync(store, Asked.Wide(), time);

        var ended = await house.EndOfAsync((await house.StartAsync(Asked.Uncertainty(requestId: "once"), "ada")).Name);
        var failed = await house.EndOfAsync(
            (
                await house.StartAsync(
                    new()
                    {
                        QuantifyUncertainty = new() { Parent = Samples.Index, Draws = 5 },
                    }
                )
            ).Name
        );
        var running = await house.RunningAsync((await house.StartAsync(Asked.Endless())).Name);
        var queued = await house.StartAsync(Asked.Uncertainty(2));

        Assert.Equal((State.Succeeded, State.Failed, State.Queued), (ended.State, failed.State, queued.State));
        var status = await ActivatorUtilities.CreateInstance<OperationStatus>(house.Services).ReadAsync(CancellationToken.None);
        Assert.Equal(1, status.Measured.Single(one => one.Gauge.Name == "earlywarning.scoring.operations.queued").Value);
        var found = await new OperationInvariant(store).CheckAsync(CancellationToken.None);
        Assert.Equal((4, 0), (found.Looked, found.Violations.Count));

        await house.Api.CancelOperation(new() { Name = running.Name }, OperationHouse.Call());
        Assert.Equal(State.Succeeded, (await house.EndOfAsync(queued.Name)).State);
        V1.ListOperationsRequest filter = new() { States = { State.Succeeded, State.Cancelled }, PageSize = 2 };
        var first = await house.ListAsync(filter);
        filter.PageToken = first.NextPageToken;
        Assert.Equal((2, 3, 1), (first.Operations.Count, first.TotalSize, (await house.ListAsync(filter)).Operations.Count));

        time.Now += TimeSpan.FromHours(25);
        foreach (var name in new[] { ended.Name, failed.Name, running.Name, queued.Name })
        {
            await house.Operations.ExpireAsync(name, CancellationToken.None);
        }

        Assert.Equal(0, (await house.ListAsync()).TotalSize);
        Assert.Null(store.Next(OperationUnits.Queue));
    }
}
