using System.CommandLine;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The options that say on what and how a model is fitted.</summary>
internal sealed class TrainingOptions
{
    public const string Form = """
        The data is the suite's own history, as it was known at each time (--predictors, --from, --until), or a CSV file (--table) with a
        row a country and period: columns country and time and one for each predictor, or as a mapping file of `ew import` says, such as
        ewp-history.
        """;

    private static readonly Dictionary<string, CalibrationMethod> s_calibrations = new()
    {
        ["none"] = CalibrationMethod.None,
        ["platt"] = CalibrationMethod.Platt,
        ["isotonic"] = CalibrationMethod.Isotonic,
    };

    private readonly PeriodOptions _period = new();
    private readonly OutcomeOptions _outcome = new();
    private readonly Option<string> _table = CommonOptions.Text(
        "--table",
        "file",
        "A CSV file of country-periods, in place of the suite's own history."
    );
    private readonly Option<string> _mapping = CommonOptions.Text(
        "--mapping",
        "file",
        "How the table's columns are read: a mapping file, or the name of one that comes with this program."
    );
    private readonly Option<string> _predictors = CommonOptions.Text(
        "--predictors",
        "codes",
        "The indicators or columns that predict, with commas. Default: all columns of the table."
    );
    private readonly Option<string> _validity = CommonOptions.Text(
        "--validity",
        "span",
        "How long an observation of the history counts. Default: 400d."
    );
    private readonly Option<string> _mix = CommonOptions.Text(
        "--mix",
        "share",
        "The mix of the penalty: 0 is ridge, 1 is the lasso. Default: 0.5."
    );
    private readonly Option<string> _penalty = CommonOptions.Text(
        "--penalty",
        "number",
        "The strength of the penalty. Default: chosen by cross-validation."
    );
    private readonly Option<int> _folds = CommonOptions.Number("--folds", "Folds of cross-validation, 2 to 20. Default: 10.");
    private readonly Option<string> _interactions = CommonOptions.Text(
        "--interactions",
        "products",
        "Products that predict too, such as a*b,c*c."
    );
    private readonly Option<string> _calibration = CommonOptions.Text(
        "--calibration",
        "method",
        $"One of {string.Join(", ", s_calibrations.Keys)}. Default: none."
    );
    private readonly Option<int> _members = CommonOptions.Number(
        "--members",
        "Members of an ensemble, fitted on resampled countries. Default: 1."
    );
    private readonly Option<string> _seed = CommonOptions.Text("--seed", "n", "The seed of folds and resamples.");

    public TrainingOptions() => _calibration.AcceptOnlyFromAmong([.. s_calibrations.Keys]);

    public void AddTo(EwCommand command)
    {
        Option[] own = [_table, _mapping, _predictors, _validity, _mix, _penalty, _folds, _interactions, _calibration, _members, _seed];
        foreach (var option in _outcome.All.Concat(own).Concat(_period.All))
        {
            command.Add(option);
        }
    }

    /// <summary>The data and what is to be foretold.</summary>
    public async Task<(TrainingData Data, OutcomeDefinition Outcome)> ReadAsync(
        ParseResult parse,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var predictors = CommonOptions.List(parse.GetValue(_predictors));
        if (parse.GetValue(_table) is not { } path)
        {
            return (
                new() { History = HistoryOf(parse, predictors, context) },
                await _outcome.ReadAsync(parse, _ => null, context, cancellation)
            );
        }

        if (_period.IsGiven(parse) || parse.GetValue(_validity) is not null)
        {
            throw new CliException(
                "--table has its own times and countries; --from, --until, --step, --countries, --validity and --with-hindsight are for "
                    + "the suite's history."
            );
        }

        var file = await TrainingFile.ReadAsync(path, parse.GetValue(_mapping), predictors, context, cancellation);
        return (
            new() { Table = file.ToTable(predictors, _outcome.Withheld(parse)) },
            await _outcome.ReadAsync(parse, file.ToldBy, context, cancellation)
        );
    }

    public FitOptions Fit(ParseResult parse)
    {
        var options = new FitOptions
        {
            Folds = parse.GetValue(_folds),
            Interactions = { CommonOptions.List(parse.GetValue(_interactions)).Select(InteractionOf) },
            Calibration = parse.GetValue(_calibration) is { } method ? s_calibrations[method] : default,
            Members = parse.GetValue(_members),
            Seed = UncertaintyOptions.SeedOf(parse.GetValue(_seed)),
        };
        if (parse.GetValue(_mix) is { } mix)
        {
            options.Mix = CommonOptions.Figure(mix, "--mix");
        }

        if (parse.GetValue(_penalty) is { } penalty)
        {
            options.Penalty = CommonOptions.Figure(penalty, "--penalty");
        }

        return options;
    }

    private HistoryWindow HistoryOf(ParseResult parse, string[] predictors, CommandContext context)
    {
        if (predictors.Length == 0)
        {
            throw new CliException("name the indicators that predict with --predictors, or a file with --table.");
        }

        if (parse.GetValue(_mapping) is not null)
        {
            throw new CliException("--mapping says how a --table is read, and there is none.");
        }

        var window = _period.Read(parse, context.Terminal.Time);
        window.Predictors.Add(predictors);
        window.Validity = PeriodOptions.Span(parse.GetValue(_validity), "--validity");
        return window;
    }

    private static Interaction InteractionOf(string text) =>
        text.Split('*', StringSplitOptions.TrimEntries) is { Length: > 1 } factors && factors.All(factor => factor.Length > 0)
            ? new() { Indicators = { factors } }
            : throw new CliException($"--interactions: '{text}' is not a product. Write one such as a*b, or c*c for a square.");
}
