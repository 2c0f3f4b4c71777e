using System.Globalization;

namespace EarlyWarning.EndToEnd.Tests.Storms;

/// <summary>How large a storm is and what goes wrong in it.</summary>
/// <param name="Countries">How many countries breach.</param>
/// <param name="Thresholds">How many thresholds the one observation of each passes.</param>
/// <param name="Every">How often a country reports.</param>
/// <param name="Kills">How often the suite is killed meanwhile.</param>
/// <param name="Down">How long one receiver is down.</param>
/// <param name="Patience">How long each receiver may take until it has everything.</param>
internal sealed record StormPlan(int Countries, int Thresholds, TimeSpan Every, int Kills, TimeSpan Down, TimeSpan Patience)
{
    /// <summary>How many warnings each receiver is owed.</summary>
    public int Warnings => Countries * Thresholds;

    /// <summary>
    /// The full form asks for more by <c>EW_TEST_STORM=10000</c>, in about a minute; the short one runs with every test run.
    /// </summary>
    public static StormPlan Current =>
        int.TryParse(Environment.GetEnvironmentVariable("EW_TEST_STORM"), CultureInfo.InvariantCulture, out var warnings)
            ? new(50, warnings / 50, TimeSpan.FromSeconds(1.1), 5, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15))
            : new(10, 20, TimeSpan.FromMilliseconds(300), 2, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(60));
}
