using EarlyWarning.Store.Processes;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>The steps that a case climbs, in order; at least one.</summary>
internal sealed record CaseLadder(IReadOnlyList<LadderStep> Steps)
{
    /// <summary>Stands for the file that it was read from.</summary>
    public string Fingerprint { get; init; } = FileFingerprint.Of(null);

    /// <summary>The steps as a case carries them, with the deadlines of its severity.</summary>
    public IEnumerable<V1.Step> For(V1.Severity severity) =>
        Steps.Select(
            (step, index) =>
            {
                var deadlines = step.Deadlines[severity];
                return new V1.Step
                {
                    Number = index + 1,
                    DisplayName = step.DisplayName,
                    Role = step.Role,
                    AcknowledgeWithin = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(deadlines.AcknowledgeWithin),
                    DecideWithin = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(deadlines.DecideWithin),
                };
            }
        );
}

/// <summary>Whom a step asks, and how long it waits at each severity.</summary>
internal sealed record LadderStep(string DisplayName, V1.Role Role, IReadOnlyDictionary<V1.Severity, StepDeadlines> Deadlines);

/// <summary>How long a step waits for an acknowledgement, and how long an acknowledgement holds the climb for a decision.</summary>
internal readonly record struct StepDeadlines(TimeSpan AcknowledgeWithin, TimeSpan DecideWithin);
