using System.Globalization;
using EarlyWarning.Escalation.Cases;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Status;

/// <summary>How the cases stand, in the words of the operators' status.</summary>
internal static class CaseStatus
{
    private const string Subject = "cases";
    private const int MostLines = 10;

    /// <summary>Makes the lines: what is exhausted or overdue case by case, then how many there are.</summary>
    public static IReadOnlyList<V1.StatusLine> Lines(CaseBook book, DateTimeOffset now)
    {
        var open = book.Cases.Values.Where(state => state.IsOpen).ToList();
        var bad = open.Where(state => state.Head.State == State.Exhausted).Select(Exhausted)
            .Concat(open.Where(state => state.Head.State is State.AwaitingAcknowledgement or State.AwaitingDecision)
                .Select(state => Overdue(state, now)).OfType<V1.StatusLine>())
            .ToList();
        List<V1.StatusLine> lines = [.. bad.Take(MostLines)];
        if (bad.Count > MostLines)
        {
            lines.Add(Line(V1.Health.Attention, $"{bad.Count - MostLines} further cases are overdue or exhausted.", "List them with ew cases."));
        }

        lines.Add(Line(V1.Health.Ok, bad.Count == 0
            ? $"{open.Count} open cases; none is overdue."
            : $"{open.Count} open cases; {bad.Count} are overdue or exhausted."));
        if (book.Unreadable > 0)
        {
            lines.Add(Line(V1.Health.Failing, $"{book.Unreadable} entries of the journal of cases cannot be read.",
                "A newer build may have written them: start the suite with that build."));
        }

        return lines;
    }

    private static V1.StatusLine Exhausted(CaseState state) => Line(
        V1.Health.Failing,
        $"{Title(state.Head)}: every step was asked and no decision is on record. Unanswered: {Names(Unanswered(state.Head))}.",
        $"Reach a decision maker in person; then acknowledge and decide {state.Head.Name}.");

    private static V1.StatusLine? Overdue(CaseState state, DateTimeOffset now)
    {
        var late = Unanswered(state.Head).Where(step => step.AcknowledgeDueTime.ToDateTimeOffset() < now).ToList();
        if (late.Count == 0)
        {
            return state.Due < now - TimeSpan.FromSeconds(10)
                ? Line(V1.Health.Failing, $"{Title(state.Head)} was due to climb {Say(now - state.Due.Value)} ago and did not.", "Look at the store's line; the case climbs when it works.")
                : null;
        }

        var longest = now - late.Min(step => step.AcknowledgeDueTime.ToDateTimeOffset());
        var waiting = state.Head.State == State.AwaitingDecision ? " Somebody answered; a decision is due." : "";
        return Line(
            V1.Health.Attention,
            $"{Title(state.Head)} is overdue by {Say(longest)}: no answer from {Names(late)}.{waiting}",
            state.Head.State == State.AwaitingDecision
                ? $"Ask {state.Head.Steps[state.Head.CurrentStep - 1].DisplayName} for the decision, then record it for {state.Head.Name}."
                : $"Call {Names(late)}, then acknowledge {state.Head.Name}.");
    }

    private static IEnumerable<V1.Step> Unanswered(V1.Case now) =>
        now.Steps.Where(step => step.ReachTime is not null && step.AcknowledgeTime is null);

    private static string Names(IEnumerable<V1.Step> steps) => string.Join(", ", steps.Select(step => $"step {step.Number} ({step.DisplayName})"));

    private static string Title(V1.Case now) => $"{now.CountryName} ({now.Country}), {now.Title}";

    private static string Say(TimeSpan time) => time.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days")
        : time.TotalHours >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} hours")
        : time.TotalMinutes >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} seconds");

    private static V1.StatusLine Line(V1.Health health, string text, string action = "") =>
        new() { Subject = Subject, Health = health, Text = text, Action = action };
}
