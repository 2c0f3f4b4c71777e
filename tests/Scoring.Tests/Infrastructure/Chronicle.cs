using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>
/// A made-up history: twenty countries over twenty years, with a stress that makes an onset in the next year likely, and a noise that does
/// not. Everything of a year is observed, and known, on its last day.
/// </summary>
internal static class Chronicle
{
    public const int FirstYear = 2000;
    public const int LastYear = 2019;

    public static string[] Countries { get; } = [.. Enumerable.Range(0, 20).Select(i => $"XB{(char)('A' + i)}")];

    public static DateTimeOffset EndOf(int year) => new(year, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static double Stress(string country, int year) => 100 * Share(country, year, 1);

    public static double Noise(string country, int year) => 100 * Share(country, year, 2);

    /// <summary>Whether an onset came in a year: from the stress of the year before.</summary>
    public static bool Onset(string country, int year) =>
        Share(country, year, 3) < 1 / (1 + Math.Exp(5 - (0.07 * Stress(country, year - 1))));

    public static World Put(World world)
    {
        world.Put(
            Samples.Indicator("stress", 0, 100),
            Samples.Indicator("noise", 0, 100),
            Samples.Indicator("onset", 0, 1),
            Samples.Indicator("onset-lead", 0, 1)
        );
        foreach (var country in Countries)
        {
            for (var year = FirstYear; year <= LastYear; year++)
            {
                world.See(country, "stress", Stress(country, year), EndOf(year));
                world.See(country, "noise", Noise(country, year), EndOf(year));
                world.See(country, "onset", Onset(country, year) ? 1 : 0, EndOf(year));
                world.See(country, "onset-lead", Onset(country, year + 1) ? 1 : 0, EndOf(year));
            }
        }

        return world;
    }

    public static V1.HistoryWindow Window(params string[] predictors) =>
        new()
        {
            Predictors = { predictors },
            From = EndOf(FirstYear).Stamp(),
            Until = EndOf(LastYear).Stamp(),
            Countries = { Countries },
        };

    public static V1.OutcomeDefinition Outcome() => new() { Indicator = "onset", RelatedIndicators = { "onset-lead" } };

    /// <summary>The onsets of some years, listed.</summary>
    public static IEnumerable<V1.OutcomeEvent> Events(int first, int last) =>
        from country in Countries
        from year in Enumerable.Range(first, last - first + 1)
        where Onset(country, year)
        select new V1.OutcomeEvent { Country = country, Time = Timestamp.FromDateTimeOffset(EndOf(year)) };

    /// <summary>A share from 0 to 1 that looks random and is always the same.</summary>
    private static double Share(string country, int year, int purpose)
    {
        var bits = (ulong)((((country[2] * 131) + year) * 31) + purpose) * 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ((bits ^ (bits >> 31)) >> 11) / (double)(1UL << 53);
    }
}
