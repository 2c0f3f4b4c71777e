using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew framework load</c> and <c>ew framework check</c>.</summary>
internal static class FrameworkLoadCommands
{
    private const string Files = """
        FILE is a framework file in YAML, as in the suite's data folder; the .yaml and .csv files that it names come along. What the suite
        has already changes nothing; a framework that differs becomes its next version. Without FILE a logistic model is made of
        --coefficients.
        """;

    private const string Coefficients = """
        The variables' names are in the column that has a row (Intercept), whatever stands before it, such as R's row numbers. A weight of
        NA says that R dropped the variable: it is not in the model. With --values, a table of country-periods, the model is tried before it
        is loaded: a weight whose rounding alone moves the log-odds of a typical row by 0.01 or more is named, and --check compares with a
        column of figures that were published; where one differs by more than its rounding and 0.05 %, nothing is loaded.
        """;

    public static EwCommand CreateCheck()
    {
        var file = CommonOptions.Id("file", "The framework file.");
        return new EwCommand(
            "check",
            "Checks a framework file against the running suite and changes nothing.",
            "ew framework check famine.yaml"
        )
        {
            file,
        }
            .Does((parse, context, cancellation) => FrameworkFileRun.RunAsync(parse.GetRequiredValue(file), true, context, cancellation))
            .Explained(Files);
    }

    public static EwCommand CreateLoad()
    {
        var tree = CommonOptions.Id("file", "A framework file in YAML.");
        tree.Arity = System.CommandLine.ArgumentArity.ZeroOrOne;
        var file = CommonOptions.Text(
            "--coefficients",
            "file",
            "A CSV with a column of variable names, a row (Intercept), and a column of weights for each forecast."
        );
        var column = CommonOptions.Text("--column", "name", "The column of weights.");
        var variables = CommonOptions.Text("--variables", "name", "The column of variable names. Default: the one with a row (Intercept).");
        var id = CommonOptions.Text("--id", "id", "The framework's id: a-z, 0-9 and hyphen.");
        var name = CommonOptions.Text("--name", "text", "The framework's name. Default: its id.");
        var description = CommonOptions.Text("--description", "text", "What it scores and where it comes from.");
        var unit = CommonOptions.Text("--unit", "unit", "The unit of the indicators that are created. Default: model unit.");
        var validity = CommonOptions.Text(
            "--validity",
            "span",
            "How long a value counts after it was observed, such as 400d. Default: without end."
        );
        var bands = CommonOptions.Text("--bands", "levels", $"The risk levels. Default: {LogisticFrameworkBuilder.DefaultBands}.");
        var values = CommonOptions.Text("--values", "file", "A CSV of country-periods with the variables' values, to try the model on.");
        var mapping = CommonOptions.Text("--mapping", "file", "How the columns of --values are read, as for an import.");
        var check = CommonOptions.Text("--check", "column", "The column of --values that holds the published probabilities.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and change nothing.");
        return new EwCommand(
            "load",
            "Loads a framework file, or makes a framework of a logistic model's coefficients. The same again changes nothing.",
            "ew framework load famine.yaml",
            "ew framework load --coefficients coefficients.csv --column Weights.for.1.year.forecast --id ewp-1yr --validity 400d",
            "ew framework load --coefficients c.csv --column w --id ewp-1yr --values data.csv --mapping ewp-2022 --check published.risk"
        )
        {
            tree,
            file,
            column,
            variables,
            id,
            name,
            description,
            unit,
            validity,
            bands,
            values,
            mapping,
            check,
            dryRun,
        }
            .Does(
                async (parse, context, cancellation) =>
                {
                    if (parse.GetValue(tree) is { } path)
                    {
                        return parse.GetValue(file) is null
                            ? await FrameworkFileRun.RunAsync(path, parse.GetValue(dryRun), context, cancellation)
                            : throw new CliException("give a framework file or --coefficients, not both.");
                    }

                    var source = parse.GetValue(file)
                        ?? throw new CliException("give a framework file, or a model with --coefficients, --column and --id.");
                    var weights = parse.GetValue(column) ?? throw new CliException("--coefficients needs --column, the column of weights.");
                    var key = parse.GetValue(id) ?? throw new CliException("--coefficients needs --id, the framework's id.");
                    if (parse.GetValue(values) is null && (parse.GetValue(check) ?? parse.GetValue(mapping)) is not null)
                    {
                        throw new CliException("--check and --mapping are of the table that --values names, and there is none.");
                    }

                    var model = await LogisticFile.ReadAsync(source, weights, parse.GetValue(variables), cancellation);
                    var request = LogisticFrameworkBuilder.Make(
                        model,
                        key,
                        parse.GetValue(name) ?? key,
                        parse.GetValue(description) ?? $"Logistic model from {Path.GetFileName(source)}, column {weights}.",
                        parse.GetValue(unit) ?? "model unit",
                        parse.GetValue(validity) is { } span ? TimeOptions.Span(span, "--validity") : null,
                        parse.GetValue(bands) ?? LogisticFrameworkBuilder.DefaultBands
                    );
                    request.ValidateOnly = parse.GetValue(dryRun);

                    // An indicator never changes: what is there under a variable's name is what observations of it mean, however it is
                    // described.
                    var known = await KnownIndicators.ReadAsync(context.Suite, cancellation);
                    var created = request.Indicators.Where(indicator => !known.ContainsKey(indicator.Code)).ToList();
                    request.Indicators.Clear();
                    request.Indicators.Add(created);
                    if (parse.GetValue(values) is { } table)
                    {
                        var trial = new ModelTrial(
                            model,
                            request,
                            await TrainingFile.ReadAsync(
                                table,
                                parse.GetValue(mapping),
                                model.Weights.Select(one => one.Variable),
                                context,
                                cancellation
                            )
                        );
                        trial.WarnOfRounding(context.Print);
                        if (parse.GetValue(check) is { } published && !await trial.CompareAsync(published, context, cancellation))
                        {
                            context.Print.Note("ew: the model does not give the published figures, so nothing was loaded.");
                            return ExitCode.Failed;
                        }
                    }

                    var answer = await context.Suite.Catalogue.CreateFrameworkAsync(request, cancellationToken: cancellation);
                    return context.Show(answer.Framework, kept => Print(context.Print, kept, request, model, created));
                }
            )
            .Explained($"{Files}\n\n{Coefficients}");
    }

    private static void Print(Printer print, Framework kept, CreateFrameworkRequest request, LogisticFile model, List<Indicator> created)
    {
        print.Line(
            $"{(kept.Name.Length > 0 ? kept.Name : request.Framework.Name)}: "
                + $"{(request.ValidateOnly ? "valid; nothing was changed" : "active")}"
        );
        print.Line(
            $"intercept {DisplayText.Figure(model.Intercept)}, {model.Weights.Count} coefficients of which "
                + $"{model.Weights.Count(w => w.Weight == 0)} are 0"
        );
        if (model.Dropped.Count > 0)
        {
            print.Line($"not in the model, their weight being NA: {string.Join(", ", model.Dropped)}");
        }

        print.Line(
            created.Count > 0
                ? $"{created.Count} indicators created: {string.Join(", ", created.Select(indicator => indicator.Code))}"
                : "every indicator was there already"
        );
        foreach (var time in model.Weights.Select(one => one.Variable).Where(ModelTrial.IsTime))
        {
            print.Line(
                new Cell(
                    $"the model reads '{time}', which an import takes for the time alone: without `indicators: {{ also: [{time}] }}` in "
                        + $"the mapping file no country has a score",
                    Tone.Warn
                )
            );
        }

        print.Line(
            "levels "
                + string.Join(", ", request.Framework.Bands.Select(band => $"{band.Level} from {DisplayText.Figure(band.LowerBound)}"))
        );
    }
}
