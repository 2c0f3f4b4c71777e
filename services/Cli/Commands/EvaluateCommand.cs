using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private const string Measures = """
        The AUC counts ties as half; its interval is DeLong's, or Obuchowski's where a unit has several forecasts, which are counted
        together. Average precision is a step for each distinct probability, never interpolated. The Brier score's skill is over the base
        rate of the same forecasts. The calibration's slope and intercept are the logistic regression of outcomes on log-odds. Recall,
        precision and false alarms are of the --top highest of each period; of a tie that the list cuts counts the share of it that is on
        the list. Lead times are from the first forecast on its list, whatever the order of ties, to the event.
        """;

    public static EwCommand Create()
    {
        var file = CommonOptions.Id("file", "The CSV file of forecasts.");
        var columns = new ForecastColumns();
        var top = CommonOptions.Number("--top", "How many units a period count as warned of. Default: 30.");
        var bins = CommonOptions.Number("--bins", "The bins of the calibration curve. Default: 10.");
        var scores = CommonOptions.Flag("--scores", "The column holds scores of any scale, not probabilities: judge their order alone.");
        var command = new EwCommand(
            "evaluate",
            "Judges forecasts in a file, whoever made them, by what came of them.",
            "ew evaluate forecasts.csv",
            "ew evaluate risks.csv --unit country --date year --probability risk --outcome onset --top 20"
        )
        {
            file,
            top,
            bins,
            scores,
        };
        foreach (var option in columns.All)
        {
            command.Add(option);
        }

        return command
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new EvaluateForecastsRequest
                    {
                        Forecasts = { await columns.ReadAsync(parse, parse.GetRequiredValue(file), cancellation) },
                        Top = parse.GetValue(top),
                        Bins = parse.GetValue(bins),
                        Scores = parse.GetValue(scores),
                    };
                    var answer = await context.Suite.Scoring.EvaluateForecastsAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, evaluation => EvaluationText.Print(context.Print, evaluation));
                }
            )
            .Explained($"{ForecastColumns.Form}\n\n{Measures}");
    }
}
