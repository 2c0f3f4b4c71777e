using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Cases;

/// <summary>
/// A climb to scale in time: from its first step to the end of its last one, or so far. What is still to come is where it would come unless
/// somebody answers. Immutable.
/// </summary>
internal sealed class TimeScale
{
    private readonly Dictionary<int, (DateTimeOffset From, DateTimeOffset To)> _windows = [];

    public TimeScale(Case of, Climb climb, DateTimeOffset now, bool soFar)
    {
        From = climb.Steps.Min(step => Number.At(step.ReachTime)) ?? of.OpenTime.ToDateTimeOffset();
        var next = From;
        foreach (var step in climb.Steps)
        {
            var from = Number.At(step.AskTime) ?? Number.At(step.ReachTime) ?? next;
            var until = Number.At(step.AcknowledgeDueTime)
                ?? (step.Unaddressed.Length > 0 ? from : from + step.AcknowledgeWithin.ToTimeSpan());
            _windows[step.Number] = (from, until);

            // Where the climb waits for a decision, what comes next comes when the time for that is over.
            next = step.Number == climb.CurrentStep && climb.State != CaseState.Exhausted ? Number.At(climb.DueTime) ?? until : until;
        }

        var end =
            soFar ? now
            : _windows.Values.Max(window => window.To) is var last && last > now ? last
            : now;
        To = end > From ? end : From.AddMinutes(1);
    }

    /// <summary>Gets the left end.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets the right end.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Gets the moments that are named below it.</summary>
    public IEnumerable<DateTimeOffset> Ticks => Enumerable.Range(0, 5).Select(i => From + ((To - From) * (i / 4.0)));

    /// <summary>When a step is asked, or would be, and when its time is over.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Window(Step step) => _windows[step.Number];

    /// <summary>A moment's place, in hundredths of the width.</summary>
    public double Place(DateTimeOffset time) => Math.Clamp((time - From) / (To - From), 0, 1) * 100;
}
