using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew fit</c>.</summary>
internal static class FitCommand
{
    public static EwCommand Create()
    {
        var training = new TrainingOptions();
        var create = CommonOptions.Text("--create", "id", "Keep the model as this framework, or its next version. Default: keep nothing.");
        var name = CommonOptions.Text("--name", "text", "The framework's name. Default: its id.");
        var bands = CommonOptions.Text(
            "--bands",
            "levels",
            "The risk levels, such as low=0,high=0.05. Default: low, elevated from twice the base rate, high from five times."
        );
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        var command = new EwCommand(
            "fit",
            "Fits a logistic model to outcomes by elastic net, or an ensemble of them.",
            "ew fit --table country-years.csv --mapping ewp-history --outcome mk_onset --create onset-1yr",
            "ew fit --outcome mk_onset --predictors popsize.log2,efindex --from 1980 --until 2020 --interactions popsize.log2*efindex "
                + "--calibration isotonic"
        )
        {
            create,
            name,
            bands,
            after,
            detach,
        };
        training.AddTo(command);
        return command
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var id = parse.GetValue(create);
                    if (id is null && (parse.GetValue(name) ?? parse.GetValue(bands)) is not null)
                    {
                        throw new CliException("--name and --bands are of a framework that is kept. Give its id with --create.");
                    }

                    var options = training.Fit(parse);
                    var (data, outcome) = await training.ReadAsync(parse, context, cancellation);
                    var request = new FitModelRequest
                    {
                        Data = data,
                        Outcome = outcome,
                        Options = options,
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                        CreateAs = id is null ? "" : Connection.NameCompletion.Of("frameworks", id),
                        DisplayName = id is null ? "" : parse.GetValue(name) ?? id,
                    };
                    if (parse.GetValue(bands) is { } levels)
                    {
                        request.Bands.Add(BandList.Parse(levels, "low=0,high=0.05"));
                    }

                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { FitModel = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.FitModelAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, fit => Print(context.Print, fit, id is not null));
                }
            )
            .Explained($"{TrainingOptions.Form}\n\n{OutcomeOptions.Form}");
    }

    public static void Print(Printer print, FitModelResponse fit, bool isKept)
    {
        print.Line(isKept ? $"{fit.Framework?.Name}: active" : "fitted; nothing was kept (--create keeps it, --json prints it)");
        print.Line(
            $"{DisplayText.Count(fit.Rows)} rows, {DisplayText.Count(fit.Events)} with an event, {DisplayText.Count(fit.Imputed)} "
                + $"missing values "
                + $"replaced by the predictor's mean"
        );
        if (fit.Unknown > 0)
        {
            print.Line(
                $"{DisplayText.Count(fit.Unknown)} more rows were left out, because their outcome is not known"
                    + (fit.KnownUntil is { } until ? $" (outcomes are known until {DisplayText.Moment(until)})" : "")
            );
        }

        print.Line(
            $"penalty {DisplayText.Figure(fit.Penalty)}, deviance in cross-validation "
                + $"{(fit.CrossValidatedDeviance == 0 ? DisplayText.None : DisplayText.Figure(fit.CrossValidatedDeviance))}"
        );
        if (fit.InSample is { } skill)
        {
            print.Line("on the data that it was fitted to, which flatters it (`ew backtest model` does not):");
            SkillText.Print(print, [new SkillOf { Name = "in sample", Pooled = skill }]);
        }

        print.Line();
        PrintModel(print, fit.Framework);
        Computed.Print(print, fit.Computation);
    }

    private static void PrintModel(Printer print, Framework? framework)
    {
        switch (framework?.ModelCase)
        {
            case Framework.ModelOneofCase.Logistic:
                PrintTerms(print, framework.Logistic);
                break;
            case Framework.ModelOneofCase.Ensemble:
                print.Line($"ensemble of {framework.Ensemble.Members.Count} models; --json or `ew framework get` prints them");
                break;
        }
    }

    private static void PrintTerms(Printer print, LogisticModel model)
    {
        var terms = model
            .Coefficients.Select(one => (Name: one.Indicator, one.Value))
            .Concat(model.Interactions.Select(one => (Name: string.Join(" × ", one.Indicators), one.Value)))
            .ToList();
        print.Line($"intercept {DisplayText.Figure(model.Intercept)}; {terms.Count(term => term.Value == 0)} of {terms.Count} terms are 0");
        print.Table(
            [Column.Figure("log-odds a unit"), "term"],
            terms
                .Where(term => term.Value != 0)
                .OrderByDescending(term => Math.Abs(term.Value))
                .Select(term => new Cell[] { DisplayText.Signed(term.Value), term.Name })
        );
    }
}
