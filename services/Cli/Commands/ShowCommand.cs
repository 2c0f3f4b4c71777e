using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew show</c>.</summary>
internal static class ShowCommand
{
    public static EwCommand Create()
    {
        var country = Shared.Country();
        var framework = Shared.Framework();
        var at = Shared.At();
        var asOf = Shared.AsOf();
        var after = After.Create();
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
            async (parse, session, cancellation) =>
            {
                var code = Names.Country(parse.GetRequiredValue(country));
                var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                var answer = await session.Suite.Risks.GetCountryRiskAsync(
                    new()
                    {
                        Name = Names.Risk(parent, code),
                        At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                        AsOf = Moments.Past(parse.GetValue(asOf), "--as-of", session.Terminal.Time),
                        MinimumRevision = After.Of(parse, after, code)(code),
                    },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Risk, risk => Print(session.Print, risk));
            }
        );
    }

    /// <summary>The lines that stand above every account of a country's risk.</summary>
    public static void PrintHead(Printer print, CountryRisk risk)
    {
        print.Line(
            $"{Wording.Exercise(risk.Exercise)}{risk.CountryName} ({risk.Country}) under {risk.Framework}, at {Wording.Moment(risk.At)}"
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
                ? $"level {RiskWording.LevelBy(risk)}; score {Wording.Figure(risk.Score)}, range "
                    + $"{RiskWording.Range(risk.Interval, hasScore: true)}"
                : "insufficient data: no score, no level and no rank. That does not mean a low risk."
        );
        if (!risk.HasScore && risk.LevelAtLeast.Length > 0)
        {
            print.Line(new Cell($"level {RiskWording.LevelBy(risk)}", Tone.Warn));
        }

        PrintDoubts(print, risk);
        print.Line(
            $"coverage {RiskWording.Percent(risk.HasCoverage, risk.Coverage)}, trend "
                + $"{(risk.HasTrend ? Wording.Signed(risk.Trend) : Wording.None)}, ",
            new Cell($"thresholds firing: {risk.FiringThresholds}", risk.FiringThresholds > 0 ? Tone.Bad : Tone.Plain),
            $", changed {Wording.Moment(risk.ChangeTime)}, revision {risk.Revision}"
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

        if (RiskWording.Basis(risk) is { Length: > 0 } basis)
        {
            print.Line(new Cell(basis, Tone.Warn));
        }

        if (risk is { HasUnknownErrorShare: true, UnknownErrorShare: > 0 })
        {
            print.Line($"error not known of {Wording.Percent(risk.UnknownErrorShare)} of the weight with data");
        }

        if (!risk.HasScore && risk.Missing.Count > 0)
        {
            print.Line($"missing: {RiskWording.Missing(risk, 5)}");
        }
    }

    private static string Levels(CountryRisk risk) =>
        string.Join(
            ", ",
            risk.LevelProbabilities.Where(level => level.Probability >= 0.005)
                .Select(level => $"{level.Level} {Wording.Percent(level.Probability)}")
        );

    private static void Print(Printer print, CountryRisk risk)
    {
        PrintHead(print, risk);
        if (risk.Outlook is { } outlook)
        {
            print.Line(
                $"outlook {Wording.Figure(outlook.HasScore, outlook.Score)} ({RiskWording.Level(outlook.Level, outlook.LevelAtLeast)}), "
                    + $"coverage {RiskWording.Percent(outlook.HasCoverage, outlook.Coverage)}"
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
                        Wording.Figure(node.HasScore, node.Score),
                        RiskWording.Range(node.Interval, node.HasScore),
                        node.Level,
                        RiskWording.Percent(node.HasCoverage, node.Coverage),
                        new(node.Code, Tone.Dim),
                    }
                )
            );
        }
    }
}
