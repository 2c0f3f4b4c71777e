using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew choices</c>.</summary>
internal static class ChoicesCommand
{
    public static EwCommand Create()
    {
        var framework = Shared.Framework();
        var methods = new Option<string[]>("--method")
        {
            Description =
                "A choice to try, such as aggregation=geometric. May be repeated. Default: the usual ones, and each node left out.",
            HelpName = "choice",
        };
        var at = Shared.At();
        var after = After.Create();
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
                async (parse, session, cancellation) =>
                {
                    var choices = (parse.GetValue(methods) ?? []).Select(text => MethodChoiceText.Parse("--method", text)).ToList();
                    var request = new AnalyseChoicesRequest
                    {
                        MinimumRevisions = { After.Read(parse, after) },
                        Parent = await Shared.FrameworkAsync(parse, framework, session, cancellation),
                        Choices = { choices },
                        At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(session, new() { AnalyseChoices = request }, cancellation);
                    }

                    var answer = await session.Suite.Scoring.AnalyseChoicesAsync(request, cancellationToken: cancellation);
                    return session.Show(answer, analysed => Print(session.Print, analysed));
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
            ? [effect.DisplayName, Wording.None, Wording.None, Wording.None, Wording.None, Wording.None, new(effect.Problem, Tone.Warn)]
            :
            [
                effect.DisplayName,
                Wording.Figure(difference.MeanAbsoluteShift),
                Wording.Count(difference.LargestShift),
                Wording.Figure(difference.Spearman),
                Wording.Figure(difference.Kendall),
                Wording.Count(difference.LevelChanges),
                string.Join(
                    ", ",
                    difference
                        .Countries.Take(3)
                        .Where(one => one.RankBefore != one.RankAfter)
                        .Select(one => $"{one.Country} {one.RankBefore}→{one.RankAfter}")
                ),
            ];
}
