using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.Cli.Thresholds;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew backtest</c> and what is under it.</summary>
internal static class BacktestCommands
{
    private const string Reading =
        "The model's skill stands beside that of the base rate and of the naive model: what knows nothing, and what says that things "
        + "stay as they are.";

    public static EwCommand Create() =>
        new(
            "backtest",
            "Tests over history how well a model, a framework or a rule would have warned.",
            "ew backtest framework --framework atrocity-crimes --outcome onsets.csv --from 2000 --until 2023"
        )
        {
            CreateModel(),
            CreateFramework(),
            CreateRule(),
        };

    private static EwCommand CreateModel()
    {
        var training = new TrainingOptions();
        var first = CommonOptions.Text("--first-test", "time", "The first moment that is tested, such as 1990; earlier ones only train.");
        first.Required = true;
        var top = Top();
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        var command = new EwCommand(
            "model",
            "Refits a model on an expanding window: the score of a moment has seen only outcomes known by it.",
            "ew backtest model --table country-years.csv --mapping ewp-history --outcome mk_onset --first-test 1990 --top 30"
        )
        {
            first,
            top,
            after,
            detach,
        };
        training.AddTo(command);
        return command
            .Does(
                async (parse, context, cancellation) =>
                {
                    var options = training.Fit(parse);
                    var firstTest = PeriodOptions.Moment(parse.GetRequiredValue(first), "--first-test", context.Terminal.Time);
                    var (data, outcome) = await training.ReadAsync(parse, context, cancellation);
                    var request = new BacktestRequest
                    {
                        Model = new()
                        {
                            Data = data,
                            Options = options,
                            FirstTest = firstTest,
                        },
                        Outcome = outcome,
                        Top = parse.GetValue(top),
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                    };
                    return await BacktestRun.RunAsync(context, request, parse.GetValue(detach), cancellation);
                }
            )
            .Explained($"{TrainingOptions.Form}\n\n{OutcomeOptions.Form}\n\n{OutcomeOptions.Definition}\n\n{Reading}");
    }

    private static EwCommand CreateFramework()
    {
        var history = new HistoryOptions();
        var command = new EwCommand(
            "framework",
            "Scores the suite's history under a framework as it is, as the values were known at each time.",
            "ew backtest framework --framework atrocity-crimes --outcome onsets.csv --from 2000 --until 2023 --step 3"
        );
        history.AddTo(command);
        return command
            .Does(
                async (parse, context, cancellation) =>
                    await BacktestRun.RunAsync(
                        context,
                        await history.CompleteAsync(
                            new() { Framework = await history.TestAsync(parse, context, cancellation) },
                            parse,
                            context,
                            cancellation
                        ),
                        history.IsDetached(parse),
                        cancellation
                    )
            )
            .Explained($"{OutcomeOptions.Form}\n\n{OutcomeOptions.Definition}\n\n{Reading}");
    }

    private static EwCommand CreateRule()
    {
        var history = new HistoryOptions();
        var threshold = CommonOptions.Text(
            "--threshold",
            "id",
            "The threshold that is replayed: its id, or a file as `ew thresholds apply` reads it."
        );
        var rank = CommonOptions.Number("--top-rank", "Replay a rule on the rank instead: it warns of the n highest.");
        var grace = CommonOptions.Text(
            "--grace",
            "span",
            "How long after a warning's end an event still counts for it, such as 30d. Default: not at all."
        );
        var command = new EwCommand(
            "rule",
            "Replays a threshold, or a rule on the rank, and lists the warnings that it would have raised.",
            "ew backtest rule --threshold high-risk --outcome onsets.csv --from 2000 --until 2023 --step 1",
            "ew backtest rule --top-rank 20 --framework atrocity-crimes --outcome onsets.csv --from 2000 --until 2023"
        )
        {
            threshold,
            rank,
            grace,
        };
        history.AddTo(command);
        return command
            .Does(
                async (parse, context, cancellation) =>
                {
                    var test = new BacktestRequest.Types.RuleTest { Grace = PeriodOptions.Span(parse.GetValue(grace), "--grace") };
                    switch (parse.GetValue(threshold), parse.GetValue(rank))
                    {
                        case ({ } text, 0):
                            test.Threshold = await ThresholdAsync(text, context, cancellation);
                            break;
                        case (null, > 0 and var n):
                            test.TopRank = n;
                            break;
                        default:
                            throw new CliException("give either --threshold or --top-rank.");
                    }

                    test.Scores = await history.TestAsync(parse, context, cancellation, test.Threshold?.Framework);
                    return await BacktestRun.RunAsync(
                        context,
                        await history.CompleteAsync(new() { Rule = test }, parse, context, cancellation),
                        history.IsDetached(parse),
                        cancellation
                    );
                }
            )
            .Explained(
                $"{OutcomeOptions.Form}\n\n{OutcomeOptions.Definition} A warning of whose time not everything is known is neither right "
                    + $"nor wrong."
            );
    }

    private static async Task<Threshold> ThresholdAsync(string text, CommandContext context, CancellationToken cancellation)
    {
        if (!File.Exists(text))
        {
            return (
                await context.Suite.Thresholds.GetThresholdAsync(
                    new() { Name = NameCompletion.Of("thresholds", text) },
                    cancellationToken: cancellation
                )
            ).Threshold;
        }

        return ThresholdFile.Read(text) is [var only] ? only : throw new CliException($"{text} was to have one threshold.");
    }

    private static Option<int> Top() =>
        CommonOptions.Number("--top", "How many countries a period count as warned of in recall and precision. Default: 30.");

    /// <summary>The options of a test of scores over the suite's history.</summary>
    private sealed class HistoryOptions
    {
        private readonly Option<string> _framework = CommonOptions.Text(
            "--framework",
            "id",
            $"The framework: {FrameworkArgument.Form}. Default: the threshold's, else as for other commands."
        );
        private readonly OutcomeOptions _outcome = new();
        private readonly PeriodOptions _period = new();
        private readonly Option<int> _top = BacktestCommands.Top();
        private readonly Option<string[]> _after = AfterOption.Create();
        private readonly Option<bool> _detach = Detaching.Create();

        public void AddTo(EwCommand command)
        {
            foreach (var option in _outcome.All.Concat(_period.All).Concat([_framework, _top, _after, _detach]))
            {
                command.Add(option);
            }
        }

        /// <summary>Whether the test is to be left to the suite.</summary>
        public bool IsDetached(ParseResult parse) => parse.GetValue(_detach);

        /// <summary>Adds to a request what all tests have.</summary>
        public async Task<BacktestRequest> CompleteAsync(
            BacktestRequest request,
            ParseResult parse,
            CommandContext context,
            CancellationToken cancellation
        )
        {
            request.Outcome = await _outcome.ReadAsync(parse, _ => null, context, cancellation);
            request.Top = parse.GetValue(_top);
            request.MinimumRevisions.Add(AfterOption.Read(parse, _after));
            return request;
        }

        public async Task<BacktestRequest.Types.FrameworkTest> TestAsync(
            ParseResult parse,
            CommandContext context,
            CancellationToken cancellation,
            string? usual = null
        )
        {
            var window = _period.Read(parse, context.Terminal.Time);
            var given = parse.GetValue(_framework) ?? usual;
            return new()
            {
                Framework = FrameworkArgument.Of(given ?? await CommonOptions.FrameworkAsync(parse, _framework, context, cancellation)),
                Window = window,
            };
        }
    }
}
