namespace EarlyWarning.EndToEnd.Tests.Faults;

/// <summary>Something that happens to a suite under load.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Begin">Lets it happen.</param>
/// <param name="Lasts">How long it lasts.</param>
/// <param name="End">Ends it, as whoever runs the suite would.</param>
internal sealed record InjectedFault(string Name, Func<Task> Begin, TimeSpan Lasts, Func<Task> End)
{
    /// <summary>What fails at one moment and is brought back after a while.</summary>
    public static InjectedFault Of(string name, int seconds, Func<Task> begin, Func<Task> end) =>
        new(name, begin, TimeSpan.FromSeconds(seconds), end);
}

/// <summary>What a fault came to.</summary>
/// <param name="Name">The fault.</param>
/// <param name="Observations">Acknowledged while it was tried, each of them found.</param>
/// <param name="Resends">Batches that were sent again.</param>
/// <param name="Silence">The longest time in which a country had no batch acknowledged.</param>
/// <param name="Warnings">Warnings that were due, each of them told.</param>
/// <param name="Way">The longest time from the acknowledgement of what fired to the webhook.</param>
/// <param name="Doubles">Calls of the webhook beyond the first of their id.</param>
internal sealed record FaultResult(string Name, int Observations, int Resends, TimeSpan Silence, int Warnings, TimeSpan Way, int Doubles)
{
    public const string Head =
        "| fault | observations | lost | sent again | longest silence of a country | warnings | lost | longest way | told twice, one id "
        + "|\n|---|---|---|---|---|---|---|---|---|";

    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"| {Name} | {Observations:N0} | 0 | {Resends} | {Silence.TotalSeconds:0.0} s | {Warnings} | 0 | {Way.TotalSeconds:0.0} s | "
                + $"{Doubles} |"
        );
}
