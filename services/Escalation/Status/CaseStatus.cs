using EarlyWarning.Escalation.Cases;
using EarlyWarning.ServiceDefaults.Status;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Status;

/// <summary>How the cases stand, in the words of the operators' status.</summary>
internal static class CaseStatus
{
    private const string Subject = "cases";
    private const int MostLines = 10;

    /// <summary>How long after its time a case may climb before something is wrong.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes the lines: what is exhausted, unaddressed or overdue climb by climb, then how many cases there are.</summary>
    public static IReadOnlyList<V1.StatusLine> Lines(IReadOnlyList<CaseState> open, DateTimeOffset now)
    {
        // Of those that stand alike the most severe first, and named before the list is cut.
        var bad = open.OrderByDescending(state => state.Head.Severity)
            .SelectMany(state => state.Head.Climbs.Select(climb => Line(state.Head, climb, now)))
            .OfType<V1.StatusLine>()
            .OrderByDescending(line => line.Health)
            .ToList();
        List<V1.StatusLine> lines = [.. bad.Take(MostLines)];
        if (bad.Count > MostLines)
        {
            lines.Add(
                Line(
                    V1.Health.Attention,
                    $"{bad.Count - MostLines} further climbs wait: overdue, exhausted, or with nobody to ask.",
                    "List them with ew cases --open."
                )
            );
        }

        lines.Add(Line(V1.Health.Ok, $"{open.Count} open cases; {Standing([.. open.SelectMany(state => state.Head.Climbs)], now)}."));
        return lines;
    }

    private static string Standing(IReadOnlyList<V1.Climb> climbs, DateTimeOffset now)
    {
        var late = climbs.Count(climb => Late(climb, now).Any());
        var exhausted = climbs.Count(climb => climb.State == State.Exhausted);
        var nobody = climbs.Count(climb => CaseState.Unaddressed(climb).Any());
        return (late == 0 ? "none is overdue" : $"overdue climbs: {late}")
            + (exhausted == 0 ? "" : $"; exhausted ones: {exhausted}")
            + (nobody == 0 ? "" : $"; climbs with nobody to ask at a step: {nobody}");
    }

    private static V1.StatusLine? Line(V1.Case now, V1.Climb climb, DateTimeOffset time) =>
        climb.State == State.Exhausted ? Exhausted(now, climb)
        : IsOpen(climb) ? Overdue(now, climb, time)
        : null;

    private static V1.StatusLine Exhausted(V1.Case now, V1.Climb climb)
    {
        var nobody = CaseState.Unaddressed(climb).ToList();
        var asked = Unanswered(climb).ToList();
        return Line(
            V1.Health.Failing,
            $"{Title(now, climb)}: the ladder has no further step and no decision is on record."
                + (asked.Count > 0 ? $" Unanswered: {Names(asked)}." : "")
                + (nobody.Count > 0 ? $" Nobody to ask at {Names(nobody)}." : ""),
            nobody.Count > 0
                ? $"Name recipients for {now.Country} in the directory: they are asked at once. Meanwhile reach a decision maker in "
                    + $"person for {now.Name}."
                : $"Reach a decision maker in person; then acknowledge and decide {now.Name}."
        );
    }

    private static V1.StatusLine? Overdue(V1.Case now, V1.Climb climb, DateTimeOffset time)
    {
        var nobody = CaseState.Unaddressed(climb).ToList();
        var late = Late(climb, time).ToList();
        if (Stuck(climb, time) is { } due)
        {
            // That is no silence of people: nobody was asked.
            var stuck = Line(
                V1.Health.Failing,
                $"{Title(now, climb)} was due to climb {DurationText.Say(time - due)} ago and did not.",
                "Look at the store's line; the case climbs when it works."
            );
            stuck.Heading = V1.Heading.Path;
            return stuck;
        }

        if (late.Count == 0)
        {
            return nobody.Count == 0
                ? null
                : Line(
                    V1.Health.Attention,
                    $"{Title(now, climb)}: nobody to ask at {Names(nobody)}.",
                    $"Name a recipient for {now.Country} in the directory: the step is asked at once."
                );
        }

        var longest = time - late.Min(step => step.AcknowledgeDueTime.ToDateTimeOffset());
        var waiting = climb.State == State.AwaitingDecision ? " Somebody answered; a decision is due." : "";
        return Line(
            V1.Health.Attention,
            $"{Title(now, climb)} is overdue by {DurationText.Say(longest)}: no answer from {Names(late)}.{waiting}"
                + (nobody.Count > 0 ? $" Nobody to ask at {Names(nobody)}." : ""),
            climb.State == State.AwaitingDecision
                ? $"Ask {climb.Steps[climb.CurrentStep - 1].DisplayName} for the decision, then record it for {now.Name}."
                : $"Call {Names(late)}, then acknowledge {now.Name}."
        );
    }

    /// <summary>The steps that should have answered by now and have not.</summary>
    public static IEnumerable<V1.Step> Late(V1.Climb climb, DateTimeOffset time) =>
        IsOpen(climb) ? Unanswered(climb).Where(step => step.AcknowledgeDueTime.ToDateTimeOffset() < time) : [];

    /// <summary>When the climb should have gone on, where it has not.</summary>
    public static DateTimeOffset? Stuck(V1.Climb climb, DateTimeOffset time) =>
        IsOpen(climb) && climb.DueTime?.ToDateTimeOffset() is { } due && due < time - s_patience ? due : null;

    private static bool IsOpen(V1.Climb climb) => climb.State is State.AwaitingAcknowledgement or State.AwaitingDecision;

    private static IEnumerable<V1.Step> Unanswered(V1.Climb climb) =>
        climb.Steps.Where(step => step.AskTime is not null && step.AcknowledgeTime is null);

    private static string Names(IEnumerable<V1.Step> steps) =>
        string.Join(", ", steps.Select(step => $"step {step.Number} ({step.DisplayName})"));

    private static string Title(V1.Case now, V1.Climb climb)
    {
        var more = climb.Causes.Count - 1;
        var first = now.Causes.First(cause => climb.Causes.Contains(cause.Id)).Title;
        return $"{now.CountryName} ({now.Country}), {first}{(more > 0 ? $" and {more} more cause{(more > 1 ? "s" : "")}" : "")}";
    }

    private static V1.StatusLine Line(V1.Health health, string text, string action = "") =>
        new()
        {
            Subject = Subject,
            Health = health,
            Text = text,
            Action = action,
        };
}
