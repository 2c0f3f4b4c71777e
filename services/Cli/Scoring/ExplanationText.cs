using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.Collections;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Words an exact explanation.</summary>
internal static class ExplanationText
{
    public static string NameOf(Part part) => part.DisplayName.Length > 0 ? part.DisplayName : part.Code;

    public static void Print(Printer print, ScoreExplanation explanation)
    {
        if (explanation.Score is { } score)
        {
            print.Line(
                score.HasScore
                    ? $"{score.Code}: level {score.Level}, score {DisplayText.Figure(score.Score)}, range "
                        + $"{RiskText.Range(score.Interval, hasScore: true)}, "
                        + $"coverage {RiskText.Percent(score.HasCoverage, score.Coverage)}"
                    : $"{score.Code}: insufficient data: no score. That does not mean a low risk."
            );
        }

        print.Line(explanation.Sentence);
        print.Line();
        print.Line($"from {DisplayText.Figure(explanation.Baseline)}: {explanation.BaselineDescription}");
        print.Table([Column.Figure("adds"), "indicator", Column.Figure("value"), "note", "code"], explanation.Indicators.Select(RowOf));
        PrintRest(print, explanation.FromMissing, explanation.FromUncertainty);

        if (explanation.Nodes.Count > 0)
        {
            print.Line();
            print.Table(
                [Column.Figure("adds"), "node", "code"],
                explanation.Nodes.Select(node => new Cell[] { AmountOf(node), NameOf(node), new(node.Code, Tone.Dim) })
            );
        }

        PrintLowering(print, explanation.Lowering);
    }

    /// <summary>Tells what is no indicator's part of a score, where it shows.</summary>
    public static void PrintRest(Printer print, double fromMissing, double fromUncertainty)
    {
        const double shown = 0.00005;
        if (Math.Abs(fromMissing) >= shown)
        {
            print.Line(
                $"from missing data {DisplayText.Signed(fromMissing)}: what is missing is taken for somewhat nearer the middle of its "
                    + $"scale "
                    + $"than what is known"
            );
        }

        if (Math.Abs(fromUncertainty) >= shown)
        {
            print.Line(
                $"from uncertainty {DisplayText.Signed(fromUncertainty)}: a node that is not linear has another mean than its value for "
                    + $"the "
                    + $"means"
            );
        }
    }

    private static void PrintLowering(Printer print, RepeatedField<NearestChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line($"one change alone that would lower the level to {changes[0].Level}, nearest first:");
        print.Table(
            ["indicator", Column.Figure("from"), Column.Figure("to"), Column.Figure("of its range")],
            changes.Select(change =>
                new Cell[]
                {
                    change.DisplayName.Length > 0 ? change.DisplayName : change.Indicator,
                    DisplayText.Figure(change.From),
                    DisplayText.Figure(change.To),
                    DisplayText.Percent(change.ShareOfRange),
                }
            )
        );
    }

    private static Cell[] RowOf(Part part) =>
        [
            AmountOf(part),
            NameOf(part),
            DisplayText.Figure(part.HasValue, part.Value),
            part.Imputed ? new Cell("imputed", Tone.Warn)
            : !part.HasValue ? new Cell("no data", Tone.Warn)
            : "",
            new(part.Code, Tone.Dim),
        ];

    private static string AmountOf(Part part) =>
        DisplayText.Signed(part.Amount) + (part.StandardError > 0 ? $" ±{DisplayText.Figure(part.StandardError)}" : "");
}
