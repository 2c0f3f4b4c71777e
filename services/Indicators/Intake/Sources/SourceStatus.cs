using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Indicators.Intake.Sources;

/// <summary>
/// How old the data of each source is. What is too old depends on the source, so the line is always well; an alarm has a limit of its own.
/// </summary>
internal sealed class SourceStatus(SourceAges ages, TimeProvider time) : IStatusSource
{
    private static readonly Gauge s_age = new(
        "earlywarning.intake.source.age",
        "s",
        "Time since the newest observation of a source was recorded, by source; absent until one was."
    );

    public string Name => "sources";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_age];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (newest, now) = (ages.Newest, time.GetUtcNow());
        return Task.FromResult<StatusReport>(
            new(
                [
                    new()
                    {
                        Subject = "sources",
                        Health = V1.Health.Ok,
                        Text = Text(newest, now),
                    },
                ],
                [.. newest.Select(source => s_age.Age(source.Value, now, ("source", source.Key)))]
            )
        );
    }

    private static string Text(IReadOnlyDictionary<string, DateTimeOffset> newest, DateTimeOffset now)
    {
        if (newest.Count == 0)
        {
            return "No source is known to have sent anything.";
        }

        var (first, last) = (newest.MinBy(source => source.Value), newest.MaxBy(source => source.Value));
        return FormattableString.Invariant($"Sources: {newest.Count}. ")
            + FormattableString.Invariant($"The newest observation is of {last.Key}, {DurationText.Say(now - last.Value)} ago; ")
            + FormattableString.Invariant($"silent the longest: {first.Key}, for {DurationText.Say(now - first.Value)}.");
    }
}
