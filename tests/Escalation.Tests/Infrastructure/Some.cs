using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Ladder;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>The people, breaches and ladder that the tests speak of.</summary>
internal static class Some
{
    public const string Country = "XAB";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly CaseActor Actor = new("duty officer", false);

    /// <summary>Five steps; a warning waits 10 minutes at each, an emergency 5, an advisory 20; an acknowledgement holds for 30.</summary>
    public static readonly CaseLadder Ladder = LadderFile.Read(LadderText, "the tests");

    public const string LadderText = """
        steps:
          - name: National focal point
            role: focal-point
            acknowledge-within: { advisory: 20m, warning: 10m, emergency: 5m }
            decide-within: 30m
          - name: Competent authorities
            role: competent-authority
            acknowledge-within: { advisory: 20m, warning: 10m, emergency: 5m }
            decide-within: 30m
          - name: Regional organisations
            role: regional-organisation
            acknowledge-within: { advisory: 20m, warning: 10m, emergency: 5m }
            decide-within: 30m
          - name: UN Office
            role: un-office
            acknowledge-within: { advisory: 20m, warning: 10m, emergency: 5m }
            decide-within: 30m
          - name: Decision makers
            role: decision-maker
            acknowledge-within: { advisory: 20m, warning: 10m, emergency: 5m }
            decide-within: 30m
        """;

    public static readonly V1.Recipient FocalPoint = Person("focal", V1.Role.FocalPoint);
    public static readonly V1.Recipient Authority = Person("authority", V1.Role.CompetentAuthority);
    public static readonly V1.Recipient Regional = Person("regional", V1.Role.RegionalOrganisation);
    public static readonly V1.Recipient UnOffice = Person("un-office", V1.Role.UnOffice);
    public static readonly V1.Recipient DecisionMaker = Person("decider", V1.Role.DecisionMaker);
    public static readonly V1.Recipient Operator = Person("operator", V1.Role.Operator);
    public static readonly V1.Recipient Elsewhere = Person("elsewhere", V1.Role.FocalPoint, "XAC");

    public static IReadOnlyList<V1.Recipient> Directory => [FocalPoint, Authority, Regional, UnOffice, DecisionMaker, Operator, Elsewhere];

    public static V1.Breach Breach(
        string id,
        V1.Severity severity = V1.Severity.Warning,
        V1.Breach.Types.State state = V1.Breach.Types.State.Firing,
        long sequence = 1,
        string cause = "composite/index",
        DateTimeOffset? fired = null
    ) =>
        new()
        {
            Name = $"breaches/{Country}-{id}",
            Country = Country,
            CountryName = "Exercise State AB",
            Cause = cause,
            Threshold = new()
            {
                Name = $"thresholds/{id}",
                DisplayName = $"Threshold {id}",
                Severity = severity,
            },
            State = state,
            Sequence = sequence,
            FireTime = (fired ?? Start).ToTimestamp(),
            Position = id.Sum(c => c),
            Sentence = $"The score rose ({id}).",
            Exercise = true,
        };

    public static V1.Breach Ended(V1.Breach breach, V1.Breach.Types.State state = V1.Breach.Types.State.Resolved)
    {
        var ended = breach.Clone();
        (ended.State, ended.Sequence) = (state, breach.Sequence + 1);
        return ended;
    }

    public static V1.Breach Retired(V1.Breach breach)
    {
        var ended = Ended(breach, V1.Breach.Types.State.Superseded);
        ended.EndReason = V1.Breach.Types.EndReason.ThresholdRetired;
        return ended;
    }

    public static V1.Notification Notification(string id, V1.Breach about, V1.Notification.Types.State state) =>
        new()
        {
            Name = $"notifications/{id}",
            Recipient = Operator.Name,
            RecipientName = Operator.DisplayName,
            Country = Country,
            Breach = about.Name,
            Subject = "EXERCISE A warning",
            State = state,
            CreateTime = Start.ToTimestamp(),
        };

    private static V1.Recipient Person(string id, V1.Role role, string country = Country) =>
        new()
        {
            Name = $"recipients/{id}",
            DisplayName = $"The {id}",
            Role = role,
            Countries = { country },
        };
}
