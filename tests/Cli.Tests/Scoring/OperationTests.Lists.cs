using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Cli.Tests.Scoring;

/// <content>Those that run, and lists of them.</content>
public partial class OperationTests
{
    [Fact]
    public async Task Operation_ThatRuns_SaysHowFarItIsAndCanBeCancelledAndDeleted()
    {
        await using var suite = await FakeSuite.StartAsync();
        Operation running = new()
        {
            Name = Name,
            State = State.Running,
            Method = Method.FitModel,
            Phase = "fitting",
            Progress = 0.42,
            StartTime = new() { Seconds = 60 },
        };
        suite.Answers.On<GetOperationRequest>(_ => new GetOperationResponse { Operation = running });
        suite.Answers.On<CancelOperationRequest>(_ => new CancelOperationResponse
        {
            Operation = new() { Name = Name, State = State.Cancelled },
        });
        suite.Answers.On<DeleteOperationRequest>(_ => new DeleteOperationResponse());

        var shown = await suite.EwAsync("operation", Name);
        var cancelled = await suite.EwAsync("operation", Name, "--cancel");
        var deleted = await suite.EwAsync("operation", Name, "--delete");
        var both = await suite.EwAsync("operation", Name, "--cancel", "--delete");

        Assert.Contains("fit model  running since 1970-01-01 00:01Z: fitting, 42 %", shown.Out, StringComparison.Ordinal);
        Assert.Contains("cancelled", cancelled.Out, StringComparison.Ordinal);
        Assert.Equal($"{Name}: deleted\n", deleted.Out);
        Assert.Equal([0, 0, 0, 2], [shown.Code, cancelled.Code, deleted.Code, both.Code]);
    }

    [Fact]
    public async Task Operations_WithFilters_ListsThem()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListOperationsRequest>(_ => new ListOperationsResponse
        {
            Operations =
            {
                new Operation
                {
                    Name = Name,
                    State = State.Running,
                    Method = Method.Backtest,
                    Progress = 0.5,
                    Phase = "testing",
                    Caller = "ada",
                    CreateTime = new(),
                },
            },
        });

        var run = await suite.EwAsync("operations", "--state", "running", "--method", "quantify-uncertainty", "--caller", "ada");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<ListOperationsRequest>());
        Assert.Equal(
            (State.Running, Method.QuantifyUncertainty, "ada"),
            (request.States.Single(), request.Methods.Single(), request.Caller)
        );
        Assert.Contains(run.Lines, line =>
            line.Contains("4f0c2d9a11b37e58", StringComparison.Ordinal) && line.Contains("50 %", StringComparison.Ordinal)
        );
        Assert.Equal(2, (await suite.EwAsync("operations", "--state", "sleeping")).Code);
    }
}
