using static EarlyWarning.V1.Notification.Types;

namespace EarlyWarning.Ledger.Trace;

/// <summary>Says what one would expect of a warning and does not find, and why.</summary>
internal static class MissingLinks
{
    private const int MostNamed = 3;

    /// <summary>Makes the sentences.</summary>
    public static IEnumerable<string> Of(WarningTrace trace) =>
        Observations(trace)
            .Concat(trace.Breaches.Values.SelectMany(breach => Breach(trace, breach)))
            .Concat(trace.Notifications.Values.Where(one => one.State == State.Pending).Select(Pending))
            .Concat(trace.Cases.Values.SelectMany(one => Steps(trace, one)));

    private static IEnumerable<string> Observations(WarningTrace trace)
    {
        foreach (var (country, id) in trace.MissingObservations)
        {
            yield return $"The observation {id} of {country}, which a breach names, is not in that country's history as it is served now.";
        }

        if (trace.Asked is not { } asked || trace.Breaches.Count > 0)
        {
            yield break;
        }

        yield return asked switch
        {
            { Backfill: true } =>
                $"No breach: {asked.ObservationId} was recorded as history (a backfill), which never starts, fires or resolves a "
                    + $"threshold.",
            { Horizon: { } ahead } when ahead.ToTimeSpan() > TimeSpan.Zero =>
                $"No breach: {asked.ObservationId} is a forecast, which feeds the outlook alone.",
            { Current: false } =>
                $"No breach: another observation of its key, of a higher revision or recorded later, has taken the place of "
                    + $"{asked.ObservationId}.",
            _ => $"No breach names {asked.ObservationId}: no threshold's condition was met because of it.",
        };
    }

    private static IEnumerable<string> Breach(WarningTrace trace, V1.Breach breach)
    {
        if (breach.Movements.All(movement => movement.ObservationIds.Count == 0))
        {
            yield return $"No observation is named behind {breach.Name}: {WhyNoObservation(breach)}.";
        }

        if (trace.Cases.Values.All(one => !one.Breaches.Contains(breach.Name)))
        {
            yield return $"No case has {breach.Name} yet: the event is still on its way to Escalation, or lies with its dead letters (ew "
                + $"status says so).";
        }

        if (trace.Notifications.Values.All(one => one.Breach != breach.Name))
        {
            yield return $"Nobody was told of {breach.Name} itself: the event is still on its way to Notification, or the directory has "
                + $"nobody for {breach.Country} who is told of breaches.";
        }
    }

    // A list that is empty says nothing about time: only values that ended do.
    private static string WhyNoObservation(V1.Breach breach) =>
        breach.Movements.Any(movement => movement.HasValueBefore && !movement.HasValueAfter)
            ? $"the validity of {string.Join(", ", Ended(breach))} ended, and that moved the score"
        : breach.Threshold?.For is { } span && span.ToTimeSpan() > TimeSpan.Zero
            ? "nothing moved just then; its condition had held for as long as the threshold asks"
        : "nothing of what it watches moved just then. A threshold or a framework that is new or was changed fires on what was known "
            + "before";

    private static IEnumerable<string> Ended(V1.Breach breach) =>
        breach.Movements.Where(movement => !movement.HasValueAfter).Select(movement => movement.DisplayName).Take(MostNamed);

    private static string Pending(V1.Notification one) =>
        one.Receipts.Count == 0
            ? $"{one.RecipientName} ({one.Recipient}) has not been told yet: no attempt was made so far."
            : $"{one.RecipientName} ({one.Recipient}) has not been told yet: {TraceText.LastDetail(one)} at attempt "
                + $"{one.Receipts.Count}; it is tried again.";

    private static IEnumerable<string> Steps(WarningTrace trace, V1.Case one)
    {
        foreach (var climb in one.Climbs)
        {
            foreach (var step in climb.Steps)
            {
                if (Step(trace, one, climb, step) is { } gap)
                {
                    yield return gap;
                }
            }
        }

        if (one.Entries.All(entry => entry.Kind != V1.CaseEntry.Types.Kind.Decided))
        {
            yield return $"No decision is on record in {one.Name}.";
        }
    }

    private static string? Step(WarningTrace trace, V1.Case one, V1.Climb climb, V1.Step step)
    {
        var name = $"Step {step.Number} of climb {climb.Number} of {one.Name} ({step.DisplayName})";
        return step switch
        {
            { ReachTime: null } => $"{name} was not asked: {WhyNotReached(climb, step)}.",
            { Unaddressed.Length: > 0 } => $"{name} had nobody to ask. {step.Unaddressed}",
            { AcknowledgeTime: not null } => null,
            _ when !trace.Notifications.Values.Any(sent =>
                    sent.Case == one.Name && sent.Step == step.Number && sent.Recipient.Length > 0
                ) => $"{name} was asked, and its message is still on its way to Notification.",
            _ => $"{name} has not answered.",
        };
    }

    private static string WhyNotReached(V1.Climb climb, V1.Step step) =>
        climb.State == V1.Case.Types.State.Decided ? "a decision came before"
        : climb.StateDecision is not null && step.Role is (V1.Role.FocalPoint or V1.Role.CompetentAuthority)
            ? "the State concerned has decided"
        : "its time has not come";
}
