using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Notification.Types;

namespace EarlyWarning.Ledger.Trace;

/// <summary>Words a trace, in order of time; then what is missing on it, and why.</summary>
internal static class TraceText
{
    /// <summary>Makes the sentences.</summary>
    public static IEnumerable<string> Of(WarningTrace trace)
    {
        var told = trace
            .Observations.Values.Select(Observed)
            .Concat(trace.Breaches.Values.SelectMany(Breached))
            .Concat(trace.Notifications.Values.SelectMany(Notified))
            .Concat(trace.Cases.Values.SelectMany(InCase))
            .OrderBy(line => line.Time, Comparer<Timestamp?>.Create(Compare))
            .Select(line => $"{Say(line.Time)}: {line.Text}");
        return told.Concat(MissingLinks.Of(trace));
    }

    private static Sentence Observed(V1.Observation one) =>
        new(
            one.RecordedAt,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Source} reported {one.Indicator} = {one.Value} for {one.Country} as of {Say(one.ObservedAt)} (observation "
                    + $"{one.ObservationId}{(one.Backfill ? ", as history" : "")})."
            )
        );

    private static IEnumerable<Sentence> Breached(V1.Breach breach)
    {
        yield return new(
            breach.DecideTime ?? breach.FireTime,
            $"“{breach.Threshold?.DisplayName}” fired for {breach.CountryName}{AsOf(breach.FireTime, breach.DecideTime)}.{Then(breach)} "
                + $"({breach.Name})"
        );
        if (breach.EndTime is { } end)
        {
            var ended = breach.State == V1.Breach.Types.State.Superseded ? "ended" : "was resolved";
            yield return new(
                breach.EndDecideTime ?? end,
                $"The breach {breach.Name} {ended}{AsOf(end, breach.EndDecideTime)}. {breach.Sentence}"
            );
        }
    }

    // What was observed came to the suite later: the line stands where it was decided, after what led to it.
    private static string AsOf(Timestamp? moment, Timestamp? decided) =>
        decided is null || Say(moment) == Say(decided) ? "" : $" as of {Say(moment)}";

    // A breach that has ended has the words of its end in their place, which belong to that moment.
    private static string Then(V1.Breach breach) =>
        (breach.State == V1.Breach.Types.State.Firing ? breach.Sentence : breach.FireSentence) is { Length: > 0 } said ? $" {said}" : "";

    private static IEnumerable<Sentence> Notified(V1.Notification one)
    {
        var who = $"{one.RecipientName} ({one.Recipient})";
        var why = one.Reason.Length > 0 ? $" Why: {one.Reason}" : "";
        if (one.DeliverTime is { } delivered)
        {
            yield return new(delivered, $"{who} was told by {Channels(one)}: {one.Subject}.{why}");
        }
        else if (one.State == State.Unaddressed)
        {
            yield return new(
                one.CreateTime,
                $"Nobody could be told of {(one.Case.Length > 0 ? $"step {one.Step} of {one.Case}" : one.Breach)}. {one.Reason}"
            );
        }
        else if (one.State == State.GivenUp)
        {
            yield return new(
                one.Receipts.LastOrDefault()?.AttemptTime ?? one.CreateTime,
                $"{who} could not be told after {one.Receipts.Count} attempts: {LastDetail(one)}.{why}"
            );
        }

        if (one.ReadTime is { } read)
        {
            yield return new(read, $"{who} read it.");
        }

        if (one.AcknowledgeTime is { } acknowledged)
        {
            yield return new(acknowledged, $"{who} acknowledged the message.");
        }
    }

    private static IEnumerable<Sentence> InCase(V1.Case one) =>
        one
            .Entries
            // Who was told is said by the notifications, with more in it.
            .Where(entry => entry.Kind is not (V1.CaseEntry.Types.Kind.Told or V1.CaseEntry.Types.Kind.NotTold))
            .Select(entry => new Sentence(entry.Time, $"{one.Name}: {entry.Text}{Actor(entry)}"));

    private static string Actor(V1.CaseEntry entry) =>
        entry.Actor is "" or "suite" ? "" : $" (By {entry.Actor}, {(entry.ActorVerified ? "verified" : "as declared, not verified")}.)";

    private static string Channels(V1.Notification one) =>
        one
            .Receipts.Where(receipt => receipt.Delivered)
            .Select(receipt => receipt.Channel.ToString().ToLowerInvariant())
            .Distinct()
            .ToList()
            is { Count: > 0 } by
            ? string.Join(" and ", by)
            : "inbox";

    /// <summary>What the last attempt that failed came to.</summary>
    public static string LastDetail(V1.Notification one) =>
        one.Receipts.LastOrDefault(receipt => !receipt.Delivered)?.Detail is { Length: > 0 } detail
            ? detail.TrimEnd('.')
            : "no attempt has an answer";

    private static string Say(Timestamp? time) =>
        time?.ToDateTimeOffset().ToString("d MMMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "At an unknown time";

    private static int Compare(Timestamp? one, Timestamp? other) =>
        one is null
            ? other is null
                ? 0
                : -1
            : other is null
                ? 1
                : one.CompareTo(other);

    private sealed record Sentence(Timestamp? Time, string Text);
}
