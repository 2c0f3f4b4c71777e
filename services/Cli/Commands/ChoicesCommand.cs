using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew choices</c>.</summary>
internal static class ChoicesCommand
{
    public static EwCommand Create()
    {
        var framework = CommonOptions.Framework();
        var methods = new Option<string[]>("--method")
        {
            Description =
                "A choice to try, such as aggregation=geometric. May be repeated. Default: the usual ones, and each node left out.",
            HelpName = "choice",
        };
        var at = CommonOptions.At();
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        return new EwCommand(
            "choices",
            "Says what each choice of a framework does to the ranking: aggregation, normalisation, weights, a part left out.",
            "ew choices",
            "ew choices --method weighting=equal --method without=economy"
        )
        {
            framework,
            methods,
            at,
            after,
            detach,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var choices = (parse.GetValue(methods) ?? []).Select(text => MethodChoiceText.Parse("--method", text)).ToList();
                    var request = new AnalyseChoicesRequest
                    {
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                        Parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation),
                        Choices = { choices },
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { AnalyseChoices = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.AnalyseChoicesAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, analysed => Print(context.Print, analysed));
                }
            )
            .Explained(MethodChoiceText.Form);
    }

    public static void Print(Printer print, AnalyseChoicesResponse answer)
    {
        print.Table(
            [
                "choice",
                Column.Figure("mean shift"),
                Column.Figure("largest"),
                Column.Figure("Spearman"),
                Column.Figure("Kendall"),
                Column.Figure("levels"),
                "most moved",
            ],
            answer.Effects.Select(RowOf)
        );
        Computed.Print(print, answer.Computation);
    }

    private static Cell[] RowOf(AnalyseChoicesResponse.Types.ChoiceEffect effect) =>
        effect.Difference is not { } difference || effect.Problem.Length > 0
            ?
            [
                effect.DisplayName,
                DisplayText.None,
                DisplayText.None,
                DisplayText.None,
                DisplayText.None,
                DisplayText.None,
                new(effect.Problem, Tone.Warn),
            ]
            :
            [
                effect.DisplayName,
                DisplayText.Figure(difference.MeanAbsoluteShift),
                DisplayText.Count(difference.LargestShift),
                DisplayText.Figure(difference.Spearman),
                DisplayText.Figure(difference.Kendall),
                DisplayText.Count(difference.LevelChanges),
                string.Join(
                    ", ",
                    difference
                        .Countries.Take(3)
                        .Where(one => one.RankBefore != one.RankAfter)
                        .Select(one => $"{one.Country} {one.RankBefore}→{one.RankAfter}")
                ),
            ];
}
