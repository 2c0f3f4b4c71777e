using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary>Words an operation, and its result as the command that waits for it would.</summary>
internal static class OperationText
{
    /// <summary>How it stands, in a line.</summary>
    public static void PrintStanding(Printer print, Operation operation) =>
        print.Line(
            $"{operation.Name}  {DisplayText.Label(operation.Method)}  ",
            new Cell(DisplayText.Label(operation.State), ToneOf(operation.State)),
            operation.State switch
            {
                Operation.Types.State.Queued => $" since {DisplayText.Moment(operation.CreateTime)}",
                Operation.Types.State.Running =>
                    $" since {DisplayText.Moment(operation.StartTime)}: {operation.Phase}, {DisplayText.Percent(operation.Progress)}",
                _ => $" {DisplayText.Moment(operation.EndTime)}, kept until {DisplayText.Moment(operation.ExpireTime)}",
            },
            operation.Attempts > 1 ? $" (begun {DisplayText.Count(operation.Attempts)} times)" : ""
        );

    public static Tone ToneOf(Operation.Types.State state) =>
        state switch
        {
            Operation.Types.State.Succeeded => Tone.Good,
            Operation.Types.State.Failed => Tone.Bad,
            Operation.Types.State.Cancelled => Tone.Warn,
            _ => Tone.Plain,
        };

    public static void PrintResult(Printer print, OperationResult result)
    {
        switch (result.ResultCase)
        {
            case OperationResult.ResultOneofCase.FitModel:
                FitCommand.Print(print, result.FitModel, result.FitModel.Framework?.Name.Length > 0);
                break;
            case OperationResult.ResultOneofCase.Backtest:
                BacktestRun.Print(print, result.Backtest);
                break;
            case OperationResult.ResultOneofCase.QuantifyUncertainty:
                UncertaintyCommand.Print(print, result.QuantifyUncertainty, int.MaxValue);
                break;
            case OperationResult.ResultOneofCase.AnalyseSensitivity:
                SensitivityCommand.Print(print, result.AnalyseSensitivity);
                break;
            case OperationResult.ResultOneofCase.AnalyseChoices:
                ChoicesCommand.Print(print, result.AnalyseChoices);
                break;
            case OperationResult.ResultOneofCase.CompareFrameworks:
                CompareCommands.Print(print, result.CompareFrameworks, CompareCommands.Shown);
                break;
            case OperationResult.ResultOneofCase.OptimiseWeights:
                // The answer has no codes: it is in the order in which they were given.
                WeightsCommands.Print(
                    print,
                    [.. result.OptimiseWeights.Weights.Select((_, i) => $"code {DisplayText.Count(i + 1)} of --codes")],
                    result.OptimiseWeights
                );
                break;
            default:
                throw new CliException(
                    "the operation has a result of a kind that this `ew` does not know. Use one of the suite's version.",
                    ExitCode.Failed
                );
        }
    }
}
