namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>Dates stand still until the test moves them; timers run on.</summary>
public sealed class StandingTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Samples.Now;

    public override DateTimeOffset GetUtcNow() => Now;
}
