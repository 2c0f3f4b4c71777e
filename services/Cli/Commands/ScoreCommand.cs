using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew score</c>.</summary>
internal static class ScoreCommand
{
    public static EwCommand Create()
    {
        var file = CommonOptions.Id("file", "The CSV file: a row a unit, a column an indicator.");
        var framework = CommonOptions.Text("--framework", "id", $"The framework: {FrameworkArgument.Form}.");
        framework.Required = true;
        return new EwCommand(
            "score",
            "Scores any set of values under a framework. Records nothing.",
            "ew score values.csv --framework atrocity-crimes"
        )
        {
            file,
            framework,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var units = await UnitsFile.ReadAsync(parse.GetRequiredValue(file), cancellation);
                    var answer = await context.Suite.Scoring.ScoreUnitsAsync(
                        new() { Framework = FrameworkArgument.Of(parse.GetRequiredValue(framework)), Units = { units } },
                        cancellationToken: cancellation
                    );
                    Print(context.Print, answer.Scores);
                    return ExitCode.Ok;
                }
            )
            .Explained(UnitsFile.Form);
    }

    private static void Print(Printer print, IReadOnlyList<UnitScore> scores)
    {
        if (print.Json)
        {
            print.Objects(scores);
            return;
        }

        print.Table(
            [Column.Figure("rank"), "code", "level", Column.Figure("score"), "range", Column.Figure("coverage"), "by"],
            scores
                .OrderBy(score => !score.HasRank)
                .ThenBy(score => score.Rank)
                .Select(score =>
                    new Cell[]
                    {
                        RiskText.Rank(score.HasRank, score.Rank),
                        score.Code,
                        RiskText.Level(score.Level, score.LevelAtLeast),
                        DisplayText.Figure(score.HasScore, score.Score),
                        RiskText.Range(score.Interval, score.HasScore),
                        RiskText.Coverage(score.HasCoverage, score.Coverage),
                        score.DecidingNode,
                    }
                )
        );
    }
}
