using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew weights</c> and what is under it.</summary>
internal static class WeightsCommands
{
    private static readonly Dictionary<string, Correlation> s_correlations = new()
    {
        ["pearson"] = Correlation.Pearson,
        ["spearman"] = Correlation.Spearman,
        ["kendall"] = Correlation.Kendall,
    };

    public static EwCommand Create() =>
        new("weights", "Finds weights for a composite index.", "ew weights optimise asem --codes conn,sust") { CreateOptimise() };

    private static EwCommand CreateOptimise()
    {
        var framework = CommonOptions.Id("framework", $"The framework: {FrameworkArgument.Form}. It needs a reference set.");
        var codes = CommonOptions.Text("--codes", "codes", "The nodes or indicators of one level whose weights are sought, with commas.");
        codes.Required = true;
        var influences = CommonOptions.Text(
            "--influences",
            "numbers",
            "How much each is to matter beside the others, in the order of the codes. Default: all the same."
        );
        var most = CommonOptions.Flag("--most-information", "Seek the largest sum of correlations with the index instead.");
        var correlation = CommonOptions.Text(
            "--correlation",
            "kind",
            $"One of {string.Join(", ", s_correlations.Keys)}. Default: pearson."
        );
        correlation.AcceptOnlyFromAmong([.. s_correlations.Keys]);
        var tolerance = CommonOptions.Text("--tolerance", "number", "End where a step improves it less, relatively. Default: 0.1.");
        var detach = Detaching.Create();
        var evaluations = CommonOptions.Number("--evaluations", "The most evaluations. Default: 500.");
        return new EwCommand(
            "optimise",
            "Finds weights under which the parts of a level matter as wanted: by their correlation with the index. Changes no framework.",
            "ew weights optimise asem --codes conn,sust",
            "ew weights optimise asem --codes physical,political,social --influences 2,1,1 --correlation spearman"
        )
        {
            framework,
            codes,
            influences,
            most,
            correlation,
            tolerance,
            evaluations,
            detach,
        }
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var sought = CommonOptions.List(parse.GetRequiredValue(codes));
                    double[] wanted =
                    [
                        .. CommonOptions.List(parse.GetValue(influences)).Select(text => CommonOptions.Figure(text, "--influences")),
                    ];
                    if (wanted.Length > 0 && wanted.Length != sought.Length)
                    {
                        throw new CliException(
                            $"--influences has {wanted.Length} numbers and --codes {sought.Length} codes. Give as many."
                        );
                    }

                    var request = new OptimiseWeightsRequest
                    {
                        Framework = FrameworkArgument.Of(parse.GetRequiredValue(framework)),
                        Codes = { sought },
                        Influences = { wanted },
                        MostInformation = parse.GetValue(most),
                        Correlation = parse.GetValue(correlation) is { } kind ? s_correlations[kind] : default,
                        MaximumEvaluations = parse.GetValue(evaluations),
                    };
                    if (parse.GetValue(tolerance) is { } small)
                    {
                        request.Tolerance = CommonOptions.Figure(small, "--tolerance");
                    }

                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { OptimiseWeights = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.OptimiseWeightsAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, found => Print(context.Print, sought, found));
                }
            );
    }

    public static void Print(Printer print, string[] codes, OptimiseWeightsResponse found)
    {
        print.Table(
            ["code", Column.Figure("weight"), Column.Figure("correlation"), ""],
            codes
                .Zip(found.Weights, found.Correlations)
                .Select(one =>
                    new Cell[] { one.First, DisplayText.Figure(one.Second), DisplayText.Figure(one.Third), RangeChart.Share(one.Second) }
                )
        );
        if (!found.Reached)
        {
            print.Line(
                new Cell(
                    $"The influences wanted were not reached: one is missed by {DisplayText.Percent(found.Shortfall)} of all. Try a "
                        + $"smaller "
                        + $"--tolerance; if that does not help, no weights of 0 or more reach them.",
                    Tone.Warn
                )
            );
        }

        if (!found.Converged)
        {
            print.Line(new Cell("The search ended at its limit: raise --evaluations to see whether it goes on.", Tone.Warn));
        }
    }
}
