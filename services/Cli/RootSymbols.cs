using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EarlyWarning.Cli.Commands;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;

namespace EarlyWarning.Cli;

/// <summary>The whole command line.</summary>
internal sealed class RootSymbols : RootCommand
{
    private const string ExitCodes = """
        Exit codes:
          0    done; for status: all is well
          1    the suite refused or failed; for status: something needs attention
          2    the command line, a file or a setting is wrong
          3    the suite cannot be reached
          4    the import went through, but some rows were rejected
          5    the import went through, but the last row of some key is not what is current
          130  broken off
        """;

    public RootSymbols()
        : base("The command line of Early Warning: risk scores, warnings, cases and observations of a running suite.")
    {
        foreach (var option in ConnectionSettings.Options)
        {
            Add(option);
        }

        Command[] commands =
        [
            RankCommand.Create(),
            ShowCommand.Create(),
            ExplainCommand.Create(),
            HistoryCommand.Create(),
            WatchCommand.Create(),
            TopCommand.Create(),
            BreachCommands.CreateList(),
            BreachCommands.CreateGet(),
            ThresholdCommands.Create(),
            FrameworkCommands.CreateList(),
            FrameworkCommands.Create(),
            IndicatorCommands.Create(),
            ObserveCommand.Create(),
            ImportCommand.Create(),
            CoinrCommands.Create(),
            ExportCommands.Create(),
            ScoreCommand.Create(),
            WhatIfCommand.Create(),
            UncertaintyCommand.Create(),
            SensitivityCommand.Create(),
            ChoicesCommand.Create(),
            CompareCommands.CreateCompare(),
            CompareCommands.CreateRebase(),
            WeightsCommands.Create(),
            FitCommand.Create(),
            BacktestCommands.Create(),
            EvaluateCommand.Create(),
            OperationCommands.CreateList(),
            OperationCommands.CreateGet(),
            CaseCommands.CreateList(),
            CaseCommands.CreateGet(),
            AnswerCommands.CreateAcknowledge(),
            AnswerCommands.CreateWithdraw(),
            AnswerCommands.CreateDecide(),
            AnswerCommands.CreateStandDown(),
            AnswerCommands.CreateReopen(),
            InboxCommand.Create(),
            NotificationsCommand.Create(),
            RedeliverCommand.Create(),
            EventCommands.Create(),
            TraceCommand.Create(),
            CountriesCommand.Create(),
            StatusCommand.Create(),
            InfoCommand.Create(),
            ArmingCommands.CreateUnarm(),
            ArmingCommands.CreateArm(),
            StoreCommands.CreateBackup(),
            StoreCommands.CreateDoctor(),
            StoreCommands.CreateResume(),
            AuditCommands.Create(),
            CompletionCommand.Create(),
        ];
        foreach (var command in commands)
        {
            Add(command);
        }

        foreach (var help in Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        }
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is EwCommand { Examples: { Count: > 0 } examples, Details: var details })
            {
                if (details.Length > 0)
                {
                    output.WriteLine(details);
                    output.WriteLine();
                }

                output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine($"  {example}");
                }
            }
            else if (parseResult.CommandResult.Command is RootCommand)
            {
                output.WriteLine(ExitCodes);
                output.WriteLine();
                output.WriteLine("Example:");
                output.WriteLine("  ew status");
            }

            return code;
        }
    }
}
