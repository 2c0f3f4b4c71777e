using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Cli.Top;

/// <summary>The pane of the open cases: who has to answer, and until when.</summary>
internal static class CaseLines
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(10);

    private static readonly Column[] s_columns = ["left", "until", "code", "severity", "who has to answer"];

    /// <summary>Its head and at most so many rows, the marked one among them.</summary>
    public static IEnumerable<TopLine> Of(TopState state, IReadOnlyList<Case> cases, DateTimeOffset now, int rows, int width, bool isMarked)
    {
        var marked = TopKeys.Place([.. cases.Select(one => one.Name)], state.Case);
        var (first, count) = RankingLines.Window(cases.Count, marked, rows);
        yield return TopLine
            .Of($"CASES  {(state.Whole.Contains(TopState.CasesPart) ? $"{cases.Count} of {state.Cases.Count} open" : "not known yet")}")
            .Cut(width);
        foreach (
            var line in TopTable.Lay(
                s_columns,
                stretched: 4,
                [.. cases.Skip(first).Take(count).Select(one => Row(one, now))],
                isMarked && state.Pane == TopPane.Cases ? marked - first : -1,
                width
            )
        )
        {
            yield return line;
        }
    }

    /// <summary>A span in its two largest units.</summary>
    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours:00} h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes:00} min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds:00} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.Seconds)} s"),
        };

    private static Cell[] Row(Case one, DateTimeOffset now) =>
        [
            Left(one.DueTime, now),
            DisplayText.Moment(one.DueTime),
            one.Country,
            new(DisplayText.Label(one.Severity), DisplayText.ToneOf(one.Severity)),
            new(Visible.Of(Who(one)), one.State == CaseState.Exhausted ? Tone.Bad : Tone.Plain),
        ];

    private static Cell Left(Timestamp? due, DateTimeOffset now) =>
        due is null ? DisplayText.None
        : due.ToDateTimeOffset() - now is var left && left < TimeSpan.Zero ? new Cell($"late {Span(-left)}", Tone.Bad)
        : new Cell(Span(left), left < s_soon ? Tone.Warn : Tone.Plain);

    private static string Who(Case one)
    {
        var next = one.Climbs.FirstOrDefault(climb => one.DueTime is not null && one.DueTime.Equals(climb.DueTime))
            ?? one.Climbs.FirstOrDefault();
        var others = one.Climbs.Count(climb => climb != next && climb.DueTime is not null);
        return WhoOf(one, next) + (others > 0 ? $" (+{others} more)" : "");
    }

    private static string WhoOf(Case one, Climb? climb)
    {
        var step = climb?.Steps.FirstOrDefault(step => step.Number == climb.CurrentStep);
        return (climb?.State ?? one.State) switch
        {
            CaseState.Exhausted => "nobody further is asked, and nobody has answered",
            CaseState.AwaitingAcknowledgement when step is { AskTime: null, Unaddressed.Length: > 0 } =>
                $"nobody: the directory names no {step.DisplayName}",
            CaseState.AwaitingAcknowledgement when step is not null => $"to acknowledge: {step.DisplayName}{StepOf(climb!)}",
            CaseState.AwaitingDecision when step is not null => $"to decide: {step.DisplayName}{StepOf(climb!)}",
            var state when one.Due.Length > 0 => $"{DisplayText.Label(state)}: {one.Due}",
            var state => DisplayText.Label(state),
        };
    }

    private static string StepOf(Climb climb) =>
        string.Create(CultureInfo.InvariantCulture, $"; step {climb.CurrentStep} of {climb.Steps.Count}");
}
