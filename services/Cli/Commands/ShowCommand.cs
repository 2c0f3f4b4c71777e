using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew show</c>.</summary>
internal static class ShowCommand
{
    public static EwCommand Create()
    {
        var country = CommonOptions.Country();
        var framework = CommonOptions.Framework();
        var at = CommonOptions.At();
        var asOf = CommonOptions.AsOf();
        var after = AfterOption.Create();
        return new EwCommand(
            "show",
            "Shows a country's risk: score, level, coverage, and what it is made of.",
            "ew show SDN",
            "ew show SDN --as-of 30d"
        )
        {
            country,
            framework,
            at,
            asOf,
            after,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var code = NameCompletion.Country(parse.GetRequiredValue(country));
                var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                var answer = await context.Suite.Risks.GetCountryRiskAsync(
                    new()
                    {
                        Name = NameCompletion.Risk(parent, code),
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                        AsOf = TimeOptions.Past(parse.GetValue(asOf), "--as-of", context.Terminal.Time),
                        MinimumRevision = AfterOption.Of(parse, after, code)(code),
                    },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Risk, risk => Print(context.Print, risk));
            }
        );
    }

    /// <summary>The lines that stand above every account of a country's risk.</summary>
    public static void PrintHead(Printer print, CountryRisk risk)
    {
        print.Line(
            $"{DisplayText.Exercise(risk.Exercise)}{risk.CountryName} ({risk.Country}) under {risk.Framework}, at "
                + $"{DisplayText.Moment(risk.At)}"
        );
        if (risk.Faulty)
        {
            print.Line(
                new Cell(
                    "The country's journal cannot be folded or continued: this is its last good state. `ew status` says more.",
                    Tone.Bad
                )
            );
        }

        print.Line(
            risk.HasScore
                ? $"level {RiskText.LevelBy(risk)}; score {DisplayText.Figure(risk.Score)}, range "
                    + $"{RiskText.Range(risk.Interval, hasScore: true)}"
                : "insufficient data: no score, no level and no rank. That does not mean a low risk."
        );
        if (!risk.HasScore && risk.LevelAtLeast.Length > 0)
        {
            print.Line(new Cell($"level {RiskText.LevelBy(risk)}", Tone.Warn));
        }

        PrintDoubts(print, risk);
        print.Line(
            $"coverage {RiskText.Percent(risk.HasCoverage, risk.Coverage)}, trend "
                + $"{(risk.HasTrend ? DisplayText.Signed(risk.Trend) : DisplayText.None)}, ",
            new Cell($"thresholds firing: {risk.FiringThresholds}", risk.FiringThresholds > 0 ? Tone.Bad : Tone.Plain),
            $", changed {DisplayText.Moment(risk.ChangeTime)}, revision {risk.Revision}"
        );
    }

    private static void PrintDoubts(Printer print, CountryRisk risk)
    {
        if (risk.LikeliestLevel.Length > 0)
        {
            print.Line($"likeliest level {risk.LikeliestLevel}: {Levels(risk)}");
        }
        else if (risk.LevelProbabilities.Count > 0)
        {
            print.Line($"levels {Levels(risk)}");
        }

        if (RiskText.Basis(risk) is { Length: > 0 } basis)
        {
            print.Line(new Cell(basis, Tone.Warn));
        }

        if (risk is { HasUnknownErrorShare: true, UnknownErrorShare: > 0 })
        {
            print.Line($"error not known of {DisplayText.Percent(risk.UnknownErrorShare)} of the weight with data");
        }

        if (!risk.HasScore && risk.Missing.Count > 0)
        {
            print.Line($"missing: {RiskText.Missing(risk, 5)}");
        }
    }

    private static string Levels(CountryRisk risk) =>
        string.Join(
            ", ",
            risk.LevelProbabilities.Where(level => level.Probability >= 0.005)
                .Select(level => $"{level.Level} {DisplayText.Percent(level.Probability)}")
        );

    private static void Print(Printer print, CountryRisk risk)
    {
        PrintHead(print, risk);
        if (risk.Outlook is { } outlook)
        {
            print.Line(
                $"outlook {DisplayText.Figure(outlook.HasScore, outlook.Score)} ({RiskText.Level(outlook.Level, outlook.LevelAtLeast)}), "
                    + $"coverage {RiskText.Percent(outlook.HasCoverage, outlook.Coverage)}"
            );
        }

        if (risk.Nodes.Count > 0)
        {
            print.Line();
            print.Table(
                ["node", Column.Figure("score"), "range", "level", Column.Figure("coverage"), "code"],
                risk.Nodes.Select(node =>
                    new Cell[]
                    {
                        new string(' ', node.Depth * 2) + node.DisplayName,
                        DisplayText.Figure(node.HasScore, node.Score),
                        RiskText.Range(node.Interval, node.HasScore),
                        node.Level,
                        RiskText.Percent(node.HasCoverage, node.Coverage),
                        new(node.Code, Tone.Dim),
                    }
                )
            );
        }
    }
}
