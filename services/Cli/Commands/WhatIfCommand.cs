using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew what-if</c>.</summary>
internal static class WhatIfCommand
{
    public static EwCommand Create()
    {
        var country = CommonOptions.Country();
        var framework = CommonOptions.Framework();
        var at = CommonOptions.At();
        var set = new Option<string[]>("--set")
        {
            Description =
                "An indicator and the value that it would have: displacement=1200, with a standard error displacement=1200+-50, or "
                + "displacement=none. May be repeated.",
            HelpName = "change",
            Required = true,
        };
        var after = AfterOption.Create();
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
            async (parse, context, cancellation) =>
            {
                var code = NameCompletion.Country(parse.GetRequiredValue(country));
                var changes = parse.GetRequiredValue(set).Select(ChangeText.Parse).ToList();
                var parent = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                var answer = await context.Suite.Scoring.WhatIfAsync(
                    new()
                    {
                        Name = NameCompletion.Risk(parent, code),
                        Changes = { changes },
                        At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
                        MinimumRevisions = { AfterOption.Read(parse, after) },
                    },
                    cancellationToken: cancellation
                );
                return context.Show(answer, what => Print(context.Print, what));
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
                ? new Cell($"would meet: {string.Join(", ", what.ThresholdsMet.Select(NameCompletion.Id))}", Tone.Warn)
                : "would meet no further threshold"
        );
        if (what.Effects.Count > 0)
        {
            print.Line();
            print.Table(
                [Column.Figure("adds"), "indicator"],
                what.Effects.Select(part => new Cell[] { DisplayText.Signed(part.Amount), ExplanationText.NameOf(part) })
            );
        }
    }

    private static Cell[] RowOf(string what, UnitScore? score) =>
        score is null
            ? [what, "", DisplayText.None, "", "", ""]
            :
            [
                what,
                RiskText.Level(score.Level, score.LevelAtLeast),
                DisplayText.Figure(score.HasScore, score.Score),
                RiskText.Range(score.Interval, score.HasScore),
                RiskText.Percent(score.HasCoverage, score.Coverage),
                score.DecidingNode,
            ];
}
