using System.Text.Json.Nodes;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Says what an import came to.</summary>
internal static class Summary
{
    public static void Print(Printer print, Tally tally, bool dryRun, TimeSpan took)
    {
        if (print.Json)
        {
            print.RawJson(Json(tally, dryRun).ToJsonString());
            return;
        }

        print.Line(
            $"{DisplayText.Several(tally.Rows, "row")} in {took.TotalSeconds:0.0} s{(dryRun ? " (dry run: nothing was recorded)" : "")}"
        );
        print.Line(new Cell($"{DisplayText.Count(tally.Recorded)} {(dryRun ? "sound" : "recorded")}", Tone.Good));
        print.Line($"{DisplayText.Several(tally.Duplicates, "duplicate")}");
        print.Line($"{DisplayText.Count(tally.Empty)} empty, passed over");
        if (tally.LeftOut > 0)
        {
            print.Line($"{DisplayText.Several(tally.LeftOut, "row")} left out by where");
        }

        if (tally.Combined > 0)
        {
            print.Line($"{DisplayText.Count(tally.Combined)} put together with others of their key");
        }

        if (tally.Resent > 0)
        {
            print.Line($"{DisplayText.Count(tally.Resent)} sent again");
        }

        if (tally.NotCurrent.Values > 0)
        {
            var more = tally.NotCurrent.Values > tally.NotCurrent.Lines.Count ? " …" : "";
            print.Line(
                new Cell(
                    $"{DisplayText.Count(tally.NotCurrent.Values)} recorded and not current, because {tally.NotCurrent.Problem} (line "
                        + $"{string.Join(' ', tally.NotCurrent.Lines)}{more})",
                    Tone.Warn
                )
            );
        }

        print.Line(new Cell($"{DisplayText.Count(tally.Rejected)} rejected", tally.Rejected > 0 ? Tone.Bad : Tone.Plain));
        if (tally.Rejected > 0)
        {
            print.Table(
                [Column.Figure("values"), "reason", "column", "lines", "first problem"],
                tally.Causes.Select(cause =>
                    new Cell[]
                    {
                        new(DisplayText.Count(cause.Values), Tone.Bad),
                        cause.Reason,
                        cause.Column,
                        string.Join(' ', cause.Lines),
                        cause.Problem,
                    }
                )
            );
        }
    }

    private static JsonObject Json(Tally tally, bool dryRun) =>
        new()
        {
            ["rows"] = tally.Rows,
            ["recorded"] = tally.Recorded,
            ["duplicates"] = tally.Duplicates,
            ["empty"] = tally.Empty,
            ["leftOut"] = tally.LeftOut,
            ["combined"] = tally.Combined,
            ["resent"] = tally.Resent,
            ["notCurrent"] = tally.NotCurrent.Values,
            ["rejected"] = tally.Rejected,
            ["dryRun"] = dryRun,
            ["causes"] = new JsonArray([
                .. tally.Causes.Select(cause => new JsonObject
                {
                    ["reason"] = cause.Reason,
                    ["column"] = cause.Column,
                    ["values"] = cause.Values,
                    ["lines"] = new JsonArray([.. cause.Lines.Select(line => JsonValue.Create(line))]),
                    ["problem"] = cause.Problem,
                }),
            ]),
        };
}
