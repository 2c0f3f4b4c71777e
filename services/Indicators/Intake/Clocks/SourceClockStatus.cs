using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Indicators.Intake.Clocks;

/// <summary>Tells operators when the sources disagree with our clock.</summary>
internal sealed class SourceClockStatus(SourceClocks sources, IntakeLimits limits) : IStatusSource
{
    private static readonly Gauge s_difference = new(
        "earlywarning.clock.sources_lead",
        "s",
        "How far most sources are ahead of the suite's clock; 0 while they are not."
    );

    public string Name => "source clocks";

    public V1.Heading Heading => V1.Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_difference];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var survey = sources.Survey(limits.MaxClockLead);
        return Task.FromResult<StatusReport>(new(Lines(survey), [s_difference.Is(survey.Difference?.TotalSeconds ?? 0)]));
    }

    private static IReadOnlyList<V1.StatusLine> Lines(SourceSurvey survey) =>
        survey.Difference is { } difference
            ?
            [
                new()
                {
                    Subject = "clock",
                    Health = V1.Health.Failing,
                    Text =
                        FormattableString.Invariant(
                            $"{survey.Alike} of {survey.Heard} sources are ahead of our clock, by up to {difference.TotalSeconds:#,##0} s: "
                        ) + "what they observe now is not taken.",
                    Action = "Set the machine's clock right; it seems to be behind. They send again what was not taken.",
                },
            ]
            : [];
}
