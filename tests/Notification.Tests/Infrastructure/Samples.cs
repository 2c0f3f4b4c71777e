using EarlyWarning.Notification.Directory;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>Breaches, steps and directories to tell of.</summary>
internal static class Samples
{
    /// <summary>What webhooks are signed with.</summary>
    public const string Secret = "a secret of sufficient length";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static V1.Breach Breach(
        string id = "XAB-1",
        string country = "XAB",
        long sequence = 1,
        V1.Severity severity = V1.Severity.Emergency
    ) =>
        new()
        {
            Name = $"breaches/{id}",
            Country = country,
            CountryName = "Xabria",
            Threshold = new()
            {
                Name = "thresholds/index-high",
                DisplayName = "Index at 70 or above",
                Severity = severity,
            },
            State = V1.Breach.Types.State.Firing,
            Sequence = sequence,
            FireTime = Start.ToTimestamp(),
            Score = 72.5,
            Level = "high",
            Coverage = 0.81,
            Interval = new()
            {
                Lower = 66,
                Upper = 79,
                Probability = 0.9,
            },
            Sentence = "EXERCISE. Xabria: Risk of atrocity crimes: 73 of 100, after 61 before (threshold 70). A risk score, not a finding.",
            Movements =
            {
                new V1.Movement
                {
                    DisplayName = "Incitement by officials",
                    ValueBefore = 2,
                    ValueAfter = 5,
                    Amount = 8.25,
                    Unit = "cases",
                },
            },
            Exercise = true,
        };

    public static V1.Breach Resolved(string id = "XAB-1") =>
        new(Breach(id, sequence: 2))
        {
            State = V1.Breach.Types.State.Resolved,
            EndTime = Start.AddDays(3).ToTimestamp(),
            Sentence = "Xabria: Risk of atrocity crimes: 48 of 100, after 73 when it fired.",
        };

    public static V1.Escalation Escalation(V1.Role role = V1.Role.FocalPoint, int step = 1, string country = "XAB", V1.Step? next = null)
    {
        var asked = new V1.Step
        {
            Number = step,
            DisplayName = "A step",
            Role = role,
            AcknowledgeDueTime = Start.AddHours(6).ToTimestamp(),
        };
        const string Sentence = "Xabria: Risk of atrocity crimes: 73 of 100, after 61 before (threshold 70). A risk score, not a finding.";
        return new()
        {
            Climb = 1,
            Step = step,
            Breach = $"breaches/{country}-1",
            Asked = asked,
            Next = next,
            Case = new()
            {
                Name = "cases/c1",
                Country = country,
                CountryName = "Xabria",
                Severity = V1.Severity.Emergency,
                Title = "Index at 70 or above",
                Sentence = Sentence,
                Exercise = true,
                Firing = true,
                Causes =
                {
                    new V1.Cause
                    {
                        Id = "unf/index",
                        Title = "Index at 70 or above",
                        Sentence = Sentence,
                        Firing = true,
                        Climb = 1,
                    },
                },
                Climbs =
                {
                    new V1.Climb
                    {
                        Number = 1,
                        Causes = { "unf/index" },
                        Steps = { next is null ? [asked] : [asked, next] },
                    },
                },
            },
        };
    }

    public static DirectoryListing Listing(string recipients, string organisations = "") =>
        DirectoryReader.Read(DirectoryText(recipients, organisations), "directory.yaml", exercise: true, _ => null);

    public static string DirectoryText(string recipients, string organisations = "") =>
        $"{(organisations.Length > 0 ? $"organisations:\n{organisations}\n" : "")}recipients:\n{recipients}\n";

    public static string Recipient(string id, string role, string rest = "", string channels = "[inbox]") =>
        $"- {{id: {id}, name: {id}, role: {role}, {(rest.Length > 0 ? rest + ", " : "")}channels: {channels}}}";

    public static string Webhook(string url, string id = "") =>
        $"{{webhook: {{{(id.Length > 0 ? $"id: {id}, " : "")}url: '{url}', secret: '{Secret}'}}}}";
}
