using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Indicators.Intake.Clocks;

/// <summary>Tells operators when the sources disagree with our clock.</summary>
internal sealed class SourceClockStatus(SourceClocks sources, IntakeLimits limits) : IStatusSource
{
    public Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
    {
        var survey = sources.Survey(limits.MaxClockLead);
        return Task.FromResult<IReadOnlyList<V1.StatusLine>>(survey.Difference is { } difference
            ?
            [
                new()
                {
                    Subject = "clock",
                    Health = V1.Health.Failing,
                    Text = FormattableString.Invariant(
                        $"{survey.Alike} of {survey.Heard} sources are ahead of our clock, by up to {difference.TotalSeconds:#,##0} s: ")
                        + "what they observe now is not taken.",
                    Action = "Set the machine's clock right; it seems to be behind. They send again what was not taken.",
                },
            ]
            : []);
    }
}
