namespace EarlyWarning.Engine.Tests.Fitting;

/// <content>Columns that know what is to come, and columns that do not.</content>
public partial class LeakGuardTests
{
    /// <summary>Onsets of countries over years, in half of the countries none; what comes in the year after a row is its outcome.</summary>
    private static bool Onset(int country, int year) => country % 2 == 0 && (((country * 31) + (year * 17)) % 37 % 9) == 0;

    private static double Future(int country, int year, int ahead) => Onset(country, year + ahead) ? 1 : 0;

    private static double Mixed(int country, int year) => ((country * 29) + (year * 13)) % 23;

    private static double Leak(string kind, int country, int year) =>
        kind switch
        {
            "inverse" => 7 - (3 * Future(country, year, 1)),
            "times-population" => Future(country, year, 1) * (1 + Mixed(country, year)),
            "time-to-the-event" => Enumerable.Range(1, 60).FirstOrDefault(ahead => Onset(country, year + ahead), 60),
            "lead-with-noise-at-the-edges" => year is 0 or Years - 2 ? Mixed(country, year) / 7 : Future(country, year, 1),
            "codes" => Onset(country, year + 1) ? 2
            : country % 3 == 0 ? 1
            : 3,
            "lead-of-two" => year < Years - 3 ? Future(country, year, 2) * Mixed(country, 1 + year) + Future(country, year, 2) : 0.5,
            "ever" => Enumerable.Range(1, Years - 1).Any(other => Onset(country, other)) ? 2 + (country / 100.0) : 1 - (country / 100.0),
            "how-often" => 5 - (Enumerable.Range(1, Years - 1).Count(other => Onset(country, other)) / 3.0),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static double Fact(string kind, int country, int year) =>
        kind switch
        {
            "lag" => Future(country, year, 0),
            "years-since-the-event" => Enumerable.Range(0, 60).FirstOrDefault(back => Onset(country, year - back), 60),
            "events-so-far" => Enumerable.Range(0, year + 1).Count(other => Onset(country, other)),
            "area" => Mixed(country, 5),
            "noise" => Mixed(country, year),
            "trend" => year,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
