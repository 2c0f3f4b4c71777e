using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew what-if</c>.</summary>
internal static class WhatIfCommand
{
    public static EwCommand Create()
    {
        var country = Shared.Country();
        var framework = Shared.Framework();
        var at = Shared.At();
        var set = new Option<string[]>("--set")
        {
            Description =
                "An indicator and the value that it would have: displacement=1200, with a standard error displacement=1200+-50, or "
                + "displacement=none. May be repeated.",
            HelpName = "change",
            Required = true,
        };
        var after = After.Create();
        return new EwCommand(
            "what-if",
            "Says what a country's risk would be if some indicators had other values. Records nothing.",
            "ew what-if SDN --set displacement=1200 --set hate-speech=none"
        )
        {
            country,
            framework,
            set,
            at,
            after,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var code = Names.Country(parse.GetRequiredValue(country));
                var changes = parse.GetRequiredValue(set).Select(ChangeText.Parse).ToList();
                var parent = await Shared.FrameworkAsync(parse, framework, session, cancellation);
                var answer = await session.Suite.Scoring.WhatIfAsync(
                    new()
                    {
                        Name = Names.Risk(parent, code),
                        Changes = { changes },
                        At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
                        MinimumRevisions = { After.Read(parse, after) },
                    },
                    cancellationToken: cancellation
                );
                return session.Show(answer, what => Print(session.Print, what));
            }
        );
    }

    private static void Print(Printer print, WhatIfResponse what)
    {
        print.Table(
            ["", "level", Column.Figure("score"), "range", Column.Figure("coverage"), "by"],
            [RowOf("now", what.Before), RowOf("would be", what.After)]
        );
        if (what.HasRankAfter)
        {
            print.Line(Computed.Rank(what.RankAfter, what.RankedCount, what.CatalogueRevision));
        }

        print.Line(
            what.ThresholdsMet.Count > 0
                ? new Cell($"would meet: {string.Join(", ", what.ThresholdsMet.Select(Names.Id))}", Tone.Warn)
                : "would meet no further threshold"
        );
        if (what.Effects.Count > 0)
        {
            print.Line();
            print.Table(
                [Column.Figure("adds"), "indicator"],
                what.Effects.Select(part => new Cell[] { Wording.Signed(part.Amount), Parts.NameOf(part) })
            );
        }
    }

    private static Cell[] RowOf(string what, UnitScore? score) =>
        score is null
            ? [what, "", Wording.None, "", "", ""]
            :
            [
                what,
                RiskWording.Level(score.Level, score.LevelAtLeast),
                Wording.Figure(score.HasScore, score.Score),
                RiskWording.Range(score.Interval, score.HasScore),
                RiskWording.Percent(score.HasCoverage, score.Coverage),
                score.DecidingNode,
            ];
}
