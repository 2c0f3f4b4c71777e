using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew sensitivity</c>.</summary>
internal static class SensitivityCommand
{
    private static readonly Dictionary<string, SensitivityOutput> s_outputs = new()
    {
        ["rank-shift"] = SensitivityOutput.MeanRankShift,
        ["score"] = SensitivityOutput.Score,
        ["rank"] = SensitivityOutput.Rank,
    };

    public static EwCommand Create()
    {
        var framework = CommonOptions.Framework();
        var countries = CommonOptions.CountryList();
        var uncertain = new UncertaintyOptions();
        var detailed = CommonOptions.Flag("--detailed", "Split weights by level, and observation errors by node.");
        var of = CommonOptions.Text(
            "--of",
            "what",
            "Whose variance is split: rank-shift (mean over the countries), or score or rank of --country. Default: rank-shift."
        );
        of.AcceptOnlyFromAmong([.. s_outputs.Keys]);
        var country = CommonOptions.Text("--country", "code", "The country whose score or rank it is.");
        var draws = CommonOptions.Number(
            "--base-draws",
            "N of Saltelli's design, 64 to 100000: N times (inputs + 2) evaluations. " + "Default: 1000."
        );
        var at = CommonOptions.At();
        var after = AfterOption.Create();
        var detach = Detaching.Create();
        var command = new EwCommand(
            "sensitivity",
            "Says which uncertain input makes how much of the variance: Sobol indices with their 90 % intervals.",
            "ew sensitivity --weight-noise 0.25 --method weighting=equal",
            "ew sensitivity --of score --country SDN --detailed"
        )
        {
            framework,
            countries,
            detailed,
            of,
            country,
            draws,
            at,
            after,
            detach,
        };
        uncertain.AddTo(command);
        return command
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var output = s_outputs[parse.GetValue(of) ?? "rank-shift"];
                    var code = parse.GetValue(country) is { } given ? NameCompletion.Country(given) : "";
                    if ((output == SensitivityOutput.MeanRankShift) != (code.Length == 0))
                    {
                        throw new CliException(
                            code.Length == 0 ? "--of score and --of rank need a --country." : "--country needs --of score or --of rank."
                        );
                    }

                    var request = new AnalyseSensitivityRequest
                    {
                        Countries = { CommonOptions.Countries(parse.GetValue(countries)) },
                        Uncertainties = uncertain.Read(parse),
                        Detailed = parse.GetValue(detailed),
                        Output = output,
                        Country = code,
                        BaseDraws = parse.GetValue(draws),
                        Seed = uncertain.Seed(parse),
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                        Parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation),
                    };
                    if (parse.GetValue(detach))
                    {
                        return await Detaching.StartAsync(context, new() { AnalyseSensitivity = request }, cancellation);
                    }

                    var answer = await context.Suite.Scoring.AnalyseSensitivityAsync(request, cancellationToken: cancellation);
                    return context.Show(answer, analysed => Print(context.Print, analysed));
                }
            )
            .Explained($"{MethodChoiceText.Form}\n\nThe bar is the total index: the share that an input makes alone and with others.");
    }

    public static void Print(Printer print, AnalyseSensitivityResponse answer)
    {
        print.Table(
            ["input", Column.Figure("total"), "90 %", "", Column.Figure("alone"), "90 %"],
            answer.Indices.Select(index =>
                new Cell[]
                {
                    index.Input,
                    DisplayText.Figure(index.Total),
                    $"{DisplayText.Figure(index.TotalLower)}–{DisplayText.Figure(index.TotalUpper)}",
                    RangeChart.Share(index.Total),
                    DisplayText.Figure(index.FirstOrder),
                    $"{DisplayText.Figure(index.FirstOrderLower)}–{DisplayText.Figure(index.FirstOrderUpper)}",
                }
            )
        );
        print.Line(
            $"mean {DisplayText.Figure(answer.Mean)}, standard deviation "
                + $"{DisplayText.Figure(Math.Sqrt(Math.Max(0, answer.Variance)))}"
        );
        Computed.Print(print, answer.Computation);
    }
}
