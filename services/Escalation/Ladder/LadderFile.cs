using System.ComponentModel.DataAnnotations;
using EarlyWarning.Store.Processes;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>The file of a ladder.</summary>
internal sealed class LadderFile
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    [Length(1, 20, ErrorMessage = "A ladder has 1 to 20 steps.")]
    public required IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Reads a ladder.</summary>
    /// <exception cref="FaultyFileException">It has faults.</exception>
    public static CaseLadder Read(string text, string file) =>
        new(YamlReading.Read(text, file, top => RecordForm.Read<LadderFile>(top).Steps.Select(StepOf).ToList()))
        {
            Fingerprint = FileFingerprint.Of(text),
        };

    private static LadderStep StepOf(Step step)
    {
        var (acknowledge, decide) = (DeadlinesOf(step.AcknowledgeWithin), DeadlinesOf(step.DecideWithin));
        return new(
            step.Name,
            step.Role,
            new Dictionary<V1.Severity, StepDeadlines>
            {
                [V1.Severity.Advisory] = new(acknowledge.Advisory, decide.Advisory),
                [V1.Severity.Warning] = new(acknowledge.Warning, decide.Warning),
                [V1.Severity.Emergency] = new(acknowledge.Emergency, decide.Emergency),
            }
        );
    }

    private static Deadlines DeadlinesOf(YamlValue? value)
    {
        if (value is { IsMap: true })
        {
            return RecordForm.Read<Deadlines>(value.Map()!);
        }

        var one = value?.Span() ?? s_shortest;
        if (one < s_shortest || one > s_longest)
        {
            value!.Fault("A deadline is 1s to 400d.");
        }

        return new()
        {
            Advisory = one,
            Warning = one,
            Emergency = one,
        };
    }

    /// <summary>Whom a step asks; its deadlines hold for all severities, or there is one for each.</summary>
    internal sealed class Step
    {
        [StringLength(200, ErrorMessage = "A name has at most 200 characters.")]
        public required string Name { get; init; } = "";

        public required V1.Role Role { get; init; }

        public required YamlValue AcknowledgeWithin { get; init; }

        public required YamlValue DecideWithin { get; init; }
    }

    /// <summary>A deadline for each severity.</summary>
    internal sealed class Deadlines
    {
        [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00", ErrorMessage = "A deadline is 1s to 400d.")]
        public required TimeSpan Advisory { get; init; }

        [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00", ErrorMessage = "A deadline is 1s to 400d.")]
        public required TimeSpan Warning { get; init; }

        [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00", ErrorMessage = "A deadline is 1s to 400d.")]
        public required TimeSpan Emergency { get; init; }
    }
}
