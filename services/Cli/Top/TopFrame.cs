using System.Globalization;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Top;

/// <summary>Now by the suite's clock, and for how long the suite has said nothing.</summary>
internal readonly record struct TopMoment(DateTimeOffset Now, TimeSpan Silence)
{
    public static TopMoment Of(TopState state, TimeProvider time)
    {
        var silence = time.GetElapsedTime(state.HeardStamp);
        return new(state.HeardAt + silence, silence);
    }
}

/// <summary>Draws what is known as lines of text. Pure.</summary>
internal static class TopFrame
{
    public const int LeastWidth = 60;
    public const int LeastHeight = 12;

    // The header, two heads for each pane, and the foot.
    private const int FixedLines = 6;
    private const string Keys = "arrows  Tab pane  Enter open  / search  f level  a acknowledge  ? help  q quit";

    /// <summary>The lines of a screen.</summary>
    /// <param name="state">What is shown.</param>
    /// <param name="moment">When.</param>
    /// <param name="width">The screen's width.</param>
    /// <param name="height">Its height; nothing where all rows are shown, and nobody types.</param>
    public static IReadOnlyList<TopLine> Draw(TopState state, TopMoment moment, int width, int? height)
    {
        if (width < LeastWidth || height < LeastHeight)
        {
            return
            [
                TopLine
                    .Of(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"ew top needs {LeastWidth} columns and {LeastHeight} lines; here are {width} and {height}."
                        )
                    )
                    .Cut(width),
            ];
        }

        List<TopLine> lines = [Header(state, moment).Cut(width), .. Banners(state, moment).Select(line => line.Cut(width))];
        var rows = height is { } all ? all - FixedLines - (lines.Count - 1) : int.MaxValue;
        if (state.Dialog is TextDialog reading)
        {
            var shown = Math.Min(reading.Lines.Count - reading.First, PageOf(height ?? int.MaxValue));
            lines.Add(TopLine.Of(new Cell(reading.Title, Tone.Dim)).Cut(width));
            lines.AddRange(reading.Lines.Skip(reading.First).Take(shown).Select(line => TopLine.Of(line).Cut(width)));
            Fill(lines, height);
            lines.Add(Foot(state, $"Esc back  arrows scroll  {reading.First + shown} of {reading.Lines.Count} lines").Cut(width));
            return lines;
        }

        var cases = state.OpenCases().ToList();
        var casesRows = height is null ? int.MaxValue : Math.Min(Math.Max(1, cases.Count), Math.Max(2, rows / 3));
        lines.AddRange(RankingLines.Of(state, height is null ? int.MaxValue : rows - casesRows, width, isMarked: height is not null));
        lines.AddRange(CaseLines.Of(state, cases, moment.Now, casesRows, width, isMarked: height is not null));
        if (height is not null)
        {
            Fill(lines, height);
            lines.Add(Foot(state, Keys).Cut(width));
        }

        return lines;
    }

    /// <summary>How many lines of a text, or at the most of a pane, are on a screen.</summary>
    public static int PageOf(int height) => Math.Max(1, height - FixedLines);

    private static void Fill(List<TopLine> lines, int? height)
    {
        while (lines.Count < height - 1)
        {
            lines.Add(TopLine.Of());
        }
    }

    private static TopLine Header(TopState state, TopMoment moment) =>
        TopLine.Of(
            "Early Warning  ",
            new Cell(state.Exercise ? "EXERCISE  " : "", Tone.Warn),
            $"{state.Framework} at {state.Endpoint}  ",
            !state.IsWhole ? new Cell("waiting for the suite", Tone.Warn)
                : IsLive(state, moment) ? new Cell($"live {Clock(moment.Now)}", Tone.Good)
                : new Cell("NOT LIVE", Tone.Bad)
        );

    private static IEnumerable<TopLine> Banners(TopState state, TopMoment moment)
    {
        if (state.IsWhole && !IsLive(state, moment))
        {
            var why = state.Broken.Values.FirstOrDefault(one => one.Length > 0) ?? "the suite does not answer.";
            yield return new(
                [new Cell($"NOT LIVE: as of {Clock(state.AsOf)}, {CaseLines.Span(moment.Now - state.AsOf)} ago: {why}", Tone.Bad)],
                Marked: true
            );
        }

        if (state.Unarmed)
        {
            yield return TopLine.Of(new Cell("UNARMED: nobody is told of what begins to fire. `ew arm` ends it.", Tone.Warn));
        }
    }

    private static bool IsLive(TopState state, TopMoment moment) => state.Broken.IsEmpty && moment.Silence < TopState.LongestSilence;

    private static TopLine Foot(TopState state, string keys) =>
        state.Dialog switch
        {
            _ when state.Notice.Length > 0 => TopLine.Of(new Cell(Visible.Of(state.Notice), Tone.Warn)),
            SearchTyping search => TopLine.Of($"/{search.Text}_", new Cell("   Enter keeps it, Esc ends it", Tone.Dim)),
            RecipientTyping recipient => TopLine.Of(
                $"Acknowledge {recipient.Of.Name} as: {recipient.Text}_",
                new Cell("   Enter, or Esc", Tone.Dim)
            ),
            NoteTyping note => TopLine.Of(
                $"Note of {note.Recipient}: {note.Text}_",
                new Cell("   Enter acknowledges, Esc does not", Tone.Dim)
            ),
            _ => TopLine.Of(new Cell(keys, Tone.Dim)),
        };

    private static string Clock(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
