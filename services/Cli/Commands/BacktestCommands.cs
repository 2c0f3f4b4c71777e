using System.CommandLine;
using EarlyWarning.Cli.Connection;
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
        var first = Shared.Text("--first-test", "time", "The first moment that is tested, such as 1990; earlier ones only train.");
        first.Required = true;
        var top = Top();
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var options = training.Fit(parse);
                    var firstTest = PeriodOptions.Moment(parse.GetRequiredValue(first), "--first-test", session.Terminal.Time);
                    var (data, outcome) = await training.ReadAsync(parse, session, cancellation);
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
                        MinimumRevisions = { After.Read(parse, after) },
                    };
                    return await BacktestRun.RunAsync(session, request, parse.GetValue(detach), cancellation);
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
                async (parse, session, cancellation) =>
                    await BacktestRun.RunAsync(
                        session,
                        await history.CompleteAsync(
                            new() { Framework = await history.TestAsync(parse, session, cancellation) },
                            parse,
                            session,
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
        var threshold = Shared.Text(
            "--threshold",
            "id",
            "The threshold that is replayed: its id, or a file as `ew thresholds apply` reads it."
        );
        var rank = Shared.Number("--top-rank", "Replay a rule on the rank instead: it warns of the n highest.");
        var grace = Shared.Text(
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
                async (parse, session, cancellation) =>
                {
                    var test = new BacktestRequest.Types.RuleTest { Grace = PeriodOptions.Span(parse.GetValue(grace), "--grace") };
                    switch (parse.GetValue(threshold), parse.GetValue(rank))
                    {
                        case ({ } text, 0):
                            test.Threshold = await ThresholdAsync(text, session, cancellation);
                            break;
                        case (null, > 0 and var n):
                            test.TopRank = n;
                            break;
                        default:
                            throw new CliException("give either --threshold or --top-rank.");
                    }

                    test.Scores = await history.TestAsync(parse, session, cancellation, test.Threshold?.Framework);
                    return await BacktestRun.RunAsync(
                        session,
                        await history.CompleteAsync(new() { Rule = test }, parse, session, cancellation),
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

    private static async Task<Threshold> ThresholdAsync(string text, Session session, CancellationToken cancellation)
    {
        if (!File.Exists(text))
        {
            return (
                await session.Suite.Thresholds.GetThresholdAsync(
                    new() { Name = Names.Of("thresholds", text) },
                    cancellationToken: cancellation
                )
            ).Threshold;
        }

        return ThresholdFile.Read(text) is [var only] ? only : throw new CliException($"{text} was to have one threshold.");
    }

    private static Option<int> Top() =>
        Shared.Number("--top", "How many countries a period count as warned of in recall and precision. Default: 30.");

    /// <summary>The options of a test of scores over the suite's history.</summary>
    private sealed class HistoryOptions
    {
        private readonly Option<string> _framework = Shared.Text(
            "--framework",
            "id",
            $"The framework: {FrameworkChoices.Form}. Default: the threshold's, else as for other commands."
        );
        private readonly OutcomeOptions _outcome = new();
        private readonly PeriodOptions _period = new();
        private readonly Option<int> _top = BacktestCommands.Top();
        private readonly Option<string[]> _after = After.Create();
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
            Session session,
            CancellationToken cancellation
        )
        {
            request.Outcome = await _outcome.ReadAsync(parse, _ => null, session, cancellation);
            request.Top = parse.GetValue(_top);
            request.MinimumRevisions.Add(After.Read(parse, _after));
            return request;
        }

        public async Task<BacktestRequest.Types.FrameworkTest> TestAsync(
            ParseResult parse,
            Session session,
            CancellationToken cancellation,
            string? usual = null
        )
        {
            var window = _period.Read(parse, session.Terminal.Time);
            var given = parse.GetValue(_framework) ?? usual;
            return new()
            {
                Framework = FrameworkChoices.Of(given ?? await Shared.FrameworkAsync(parse, _framework, session, cancellation)),
                Window = window,
            };
        }
    }
}
