using EarlyWarning.Escalation.Cases;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;

namespace EarlyWarning.Escalation.Api;

/// <summary>Checks the form of requests, before anything is asked of a grain. All faults of a request are reported together.</summary>
internal static class CaseRequests
{
    private const int LongestNote = 2_000;
    private const int LongestReason = 4_000;
    private const int LongestCause = 200;
    private const int MostCauses = 100;

    /// <summary>Checks a case's name.</summary>
    public static void Name(string name) => Report(NameFaults(name));

    /// <summary>Checks the filters of a list.</summary>
    public static void Check(V1.ListCasesRequest request)
    {
        foreach (var state in request.States)
        {
            RequestFilters.Value("states", state);
        }

        RequestFilters.Value("min_severity", request.MinSeverity);
        RequestFilters.Name("framework", request.Framework, "frameworks/", optional: true);
        RequestFilters.Name("threshold", request.Threshold, "thresholds/", optional: true);
        RequestFilters.Range("opened_from", request.OpenedFrom, "opened_before", request.OpenedBefore);
    }

    /// <summary>Checks an acknowledgement.</summary>
    public static void Check(V1.AcknowledgeCaseRequest request) =>
        Report(
            NameFaults(request.Name)
                .Concat(RecipientFaults(request.Recipient))
                .Concat(CauseFaults(request.Causes))
                .Concat(NoteFaults(request.Note))
        );

    /// <summary>Checks a withdrawal.</summary>
    public static void Check(V1.WithdrawAcknowledgementRequest request) =>
        Report(
            NameFaults(request.Name)
                .Concat(RecipientFaults(request.Recipient))
                .Concat(CauseFaults(request.Causes))
                .Concat(NoteFaults(request.Note))
        );

    /// <summary>Checks a reopening.</summary>
    public static void Check(V1.ReopenCaseRequest request) =>
        Report(
            NameFaults(request.Name)
                .Concat(RecipientFaults(request.Recipient))
                .Concat(CauseFaults(request.Causes))
                .Concat(TextFaults("reason", request.Reason))
        );

    /// <summary>Checks a decision.</summary>
    public static void Check(V1.DecideCaseRequest request, DateTimeOffset now)
    {
        var known = Enum.IsDefined(request.Decision) && request.Decision != V1.Decision.Unspecified;
        var date = CaseRules.NeedsDate(request.Decision);
        Report(
            NameFaults(request.Name)
                .Concat(RecipientFaults(request.Recipient))
                .Concat(CauseFaults(request.Causes))
                .Concat(Unless(known, "decision", "Say what was decided."))
                .Concat(TextFaults("rationale", request.Rationale))
                .Concat(Unless(!date || request.SeizedUntil is not null, "seized_until", "Say when the case is to be looked at again."))
                .Concat(
                    Unless(
                        date || !known || request.SeizedUntil is null,
                        "seized_until",
                        "Only consult further and remain seized have a date; leave it out."
                    )
                )
                .Concat(
                    Unless(
                        !date || request.SeizedUntil is null || IsFuture(request.SeizedUntil, now),
                        "seized_until",
                        "The date must lie in the future."
                    )
                )
        );
    }

    /// <summary>Checks an end.</summary>
    public static void Check(V1.StandDownCaseRequest request) =>
        Report(
            NameFaults(request.Name)
                .Concat(RecipientFaults(request.Recipient))
                .Concat(CauseFaults(request.Causes))
                .Concat(TextFaults("reason", request.Reason))
        );

    private static bool IsFuture(Google.Protobuf.WellKnownTypes.Timestamp date, DateTimeOffset now) =>
        date.Seconds > now.ToUnixTimeSeconds()
        && date.Seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && date.Nanos is >= 0 and < 1_000_000_000;

    private static IEnumerable<(string Field, string Message)> NameFaults(string name) =>
        Unless(
            name.StartsWith("cases/", StringComparison.Ordinal)
                && name.Length > "cases/".Length
                && !name.AsSpan("cases/".Length).ContainsAny('/', ':'),
            "name",
            "Give the case as cases/{id}."
        );

    private static IEnumerable<(string Field, string Message)> RecipientFaults(string recipient) =>
        Unless(
            recipient.StartsWith("recipients/", StringComparison.Ordinal)
                && recipient.Length > "recipients/".Length
                && !recipient.AsSpan("recipients/".Length).ContainsAny('/', ':'),
            "recipient",
            "Give the recipient as recipients/{id}."
        );

    private static IEnumerable<(string Field, string Message)> CauseFaults(Google.Protobuf.Collections.RepeatedField<string> causes) =>
        Unless(
            causes.Count <= MostCauses && causes.All(cause => cause.Length is > 0 and <= LongestCause),
            "causes",
            $"Name at most {MostCauses} causes, each as its case does."
        );

    private static IEnumerable<(string Field, string Message)> NoteFaults(string note) =>
        Unless(note.Length <= LongestNote, "note", $"The note must not be longer than {LongestNote:N0} characters.");

    private static IEnumerable<(string Field, string Message)> TextFaults(string field, string text) =>
        Unless(!string.IsNullOrWhiteSpace(text) && text.Length <= LongestReason, field, $"Say why, in 1 to {LongestReason:N0} characters.");

    private static IEnumerable<(string Field, string Message)> Unless(bool right, string field, string message) =>
        right ? [] : [(field, message)];

    private static void Report(IEnumerable<(string Field, string Message)> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0)
        {
            throw Fault.Fields(V1.ErrorReason.InvalidField, string.Join(" ", all.Select(fault => fault.Message)), all);
        }
    }
}
