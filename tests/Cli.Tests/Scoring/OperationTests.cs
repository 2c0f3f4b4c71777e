using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using static EarlyWarning.V1.Operation.Types;
using Call = EarlyWarning.V1.StartOperationRequest.CallOneofCase;

namespace EarlyWarning.Cli.Tests.Scoring;

public partial class OperationTests
{
    private const string Name = "operations/4f0c2d9a11b37e58";

    [Theory]
    [InlineData(Call.QuantifyUncertainty, "uncertainty", "--framework", "un", "--draws", "500")]
    [InlineData(Call.AnalyseSensitivity, "sensitivity", "--framework", "un", "--weight-noise", "0.2")]
    [InlineData(Call.AnalyseChoices, "choices", "--framework", "un")]
    [InlineData(Call.CompareFrameworks, "compare", "un/versions/1", "un/versions/2")]
    [InlineData(Call.OptimiseWeights, "weights", "optimise", "un", "--codes", "a,b")]
    [InlineData(Call.FitModel, "fit", "--outcome", "onset", "--predictors", "a", "--from", "1980", "--until", "2020")]
    [InlineData(Call.Backtest, "backtest", "framework", "--framework", "un", "--outcome", "onset", "--from", "2000", "--until", "2020")]
    [InlineData(
        Call.Backtest,
        "backtest",
        "rule",
        "--framework",
        "un",
        "--top-rank",
        "3",
        "--outcome",
        "onset",
        "--from",
        "2000",
        "--until",
        "2020"
    )]
    [InlineData(
        Call.Backtest,
        "backtest",
        "model",
        "--outcome",
        "onset",
        "--predictors",
        "a",
        "--from",
        "1980",
        "--until",
        "2020",
        "--first-test",
        "2000"
    )]
    public async Task Detach_OfALongCommand_StartsItsCallAndPrintsTheName(Call call, params string[] command)
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<StartOperationRequest>(_ => new StartOperationResponse
        {
            Operation = new() { Name = Name, State = State.Queued },
        });

        var run = await suite.EwAsync([.. command, "--detach"]);

        Assert.Equal((0, $"{Name}\n", ""), (run.Code, run.Out, run.Error));
        Assert.Equal(call, Assert.Single(suite.Answers.Requests<StartOperationRequest>()).CallCase);
    }

    [Fact]
    public async Task Operation_ThatSucceeded_PrintsWhatTheCommandWouldHave()
    {
        await using var suite = await FakeSuite.StartAsync();
        var answer = new QuantifyUncertaintyResponse
        {
            Scores =
            {
                new SimulatedScore
                {
                    Country = "XAA",
                    Score = 71,
                    Rank = 1,
                    RankLower = 1,
                    RankUpper = 2,
                    Interval = new() { Lower = 60, Upper = 80 },
                },
            },
            Computation = new()
            {
                Framework = "frameworks/un/versions/2",
                Draws = 100,
                Key = "abc",
            },
        };
        suite.Answers.On<QuantifyUncertaintyRequest>(_ => answer);
        suite.Answers.On<GetOperationRequest>(request => new GetOperationResponse
        {
            Operation = Ended(request.Name, new() { QuantifyUncertainty = answer }),
        });

        var direct = await suite.EwAsync("uncertainty", "--framework", "un");
        var run = await suite.EwAsync("operation", "4f0c2d9a11b37e58");

        Assert.Equal((0, direct.Out, ""), (run.Code, run.Out, run.Error));
        Assert.Equal(Name, Assert.Single(suite.Answers.Requests<GetOperationRequest>()).Name);
        Assert.Contains("XAA", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_ThatFailed_SaysWhatTheCommandWouldHave()
    {
        await using var suite = await FakeSuite.StartAsync();
        var refusal = Refusal.Of(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            "5 is not from 100 to 100000.",
            ("draws", "5 is not from 100 to 100000.")
        );
        suite.Answers.On<QuantifyUncertaintyRequest>(_ => throw refusal);
        suite.Answers.On<GetOperationRequest>(_ => new GetOperationResponse
        {
            Operation = new()
            {
                Name = Name,
                State = State.Failed,
                EndTime = new() { Seconds = 1 },
                Error = refusal.GetRpcStatus(),
            },
        });

        var direct = await suite.EwAsync("uncertainty", "--framework", "un");
        var run = await suite.EwAsync("operation", Name);
        var json = await suite.EwAsync("operation", Name, "--json");

        Assert.Equal((1, direct.Error), (run.Code, run.Error));
        Assert.Equal(1, json.Code);
        Assert.Contains("INVALID_FIELD", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_Wait_OutlastsARestartAndPrintsTheResult()
    {
        await using var suite = await FakeSuite.StartAsync();
        var asked = 0;
        suite.Answers.On<WaitOperationRequest>(request =>
            ++asked switch
            {
                1 => new WaitOperationResponse
                {
                    Operation = new()
                    {
                        Name = Name,
                        State = State.Running,
                        Phase = "drawing",
                        Progress = 0.4,
                    },
                },
                2 => throw Refusal.Lost(),
                _ => new WaitOperationResponse
                {
                    Operation = Ended(
                        request.Name,
                        new()
                        {
                            AnalyseChoices = new()
                            {
                                Effects =
                                {
                                    new AnalyseChoicesResponse.Types.ChoiceEffect { DisplayName = "geometric", Problem = "no" },
                                },
                            },
                        }
                    ),
                },
            }
        );

        var run = await suite.EwAsync("operation", Name, "--wait");

        Assert.Equal((0, 3), (run.Code, asked));
        Assert.Contains("geometric", run.Out, StringComparison.Ordinal);
    }

    private static Operation Ended(string name, OperationResult result) =>
        new()
        {
            Name = name,
            State = State.Succeeded,
            Progress = 1,
            EndTime = new() { Seconds = 1 },
            Result = result,
        };
}
