using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>
/// A wall clock that was set wrong, before a start and while the suite runs: it becomes ready, says so, takes nothing that it would date
/// wrongly, and warns again once the clock is right, or the grace is over.
/// </summary>
public sealed class WrongClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(11);
    private readonly Queue<string> _countries = new(["KEN", "UGA", "RWA", "BDI", "TZA", "SSD", "ETH", "SOM", "DJI", "ERI"]);

    [Fact]
    public async Task Sqlite_ClockIsSetWrong_IsReadySaysSoAndWarnsAgain()
    {
        await using var suite = await ClockedSuite.StartAsync(null);
        await WarnsAsync(suite);

        await StartsAsync(suite, TimeSpan.FromHours(-8), Health.Failing, "in use at", Outcome.Retry);
        await StartsAsync(suite, TimeSpan.FromDays(-3), Health.Failing, "in use at", Outcome.Retry);
        await StartsAsync(suite, TimeSpan.FromDays(730), Health.Failing, "where it was not left for so long", Outcome.Retry);
        await StartsAsync(suite, TimeSpan.FromHours(2), Health.Ok, "agree", Outcome.Recorded);
        await RunsAsync(suite, TimeSpan.FromHours(-8), "set back");
        await RunsAsync(suite, TimeSpan.FromDays(730), "set forward");
    }

    [Fact]
    public async Task Postgres_ClockIsSetWrong_IsReadySaysSoAndWarnsAgain()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var suite = await ClockedSuite.StartAsync(server.ConnectionString);
        await WarnsAsync(suite);

        await StartsAsync(suite, TimeSpan.FromHours(-8), Health.Failing, "clock", Outcome.Retry);
        await StartsAsync(suite, TimeSpan.FromHours(2), Health.Failing, "clock", Outcome.Retry);
        await StartsAsync(suite, TimeSpan.FromDays(730), Health.Failing, "clock", Outcome.Retry);
        await RunsAsync(suite, TimeSpan.FromDays(-3), "set back");
    }

    /// <summary>It starts by a wrong clock, which is set right while it runs.</summary>
    private async Task StartsAsync(ClockedSuite suite, TimeSpan wrong, Health health, string said, Outcome outcome)
    {
        await suite.StopAsync();
        suite.Machine.Moved = wrong;
        await suite.StartAsync();
        var line = await suite.ClockAsync();
        output.WriteLine($"start at {wrong}: {line.Health} {line.Text}");
        Assert.Equal(health, line.Health);
        Assert.Contains(said, line.Text, StringComparison.Ordinal);
        Assert.Equal(outcome, await suite.ReportAsync("MLI", 10));
        await HealsAsync(suite, outcome == Outcome.Recorded);
    }

    /// <summary>It is set wrong and right again while the suite runs.</summary>
    private async Task RunsAsync(ClockedSuite suite, TimeSpan wrong, string said)
    {
        suite.Machine.Moved = wrong;
        var line = await suite.ClockAsync();
        output.WriteLine($"set to {wrong}: {line.Health} {line.Text}");
        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains(said, line.Text, StringComparison.Ordinal);
        Assert.Equal(Outcome.Retry, await suite.ReportAsync("MLI", 10));
        await HealsAsync(suite, believed: false);
    }

    /// <summary>
    /// The clock is right again. Where the suite believed the wrong one, the right one is the one that seems to have jumped, and has to be
    /// waited for.
    /// </summary>
    private async Task HealsAsync(ClockedSuite suite, bool believed)
    {
        suite.Machine.Moved = TimeSpan.Zero;
        var line = await suite.ClockAsync();
        output.WriteLine($"  right: {line.Health} {line.Text}");
        if (believed)
        {
            Assert.Equal(Health.Failing, line.Health);
            suite.Machine.Passed += s_grace;
        }

        await Eventually.HoldsAsync(
            async () => await suite.ReportAsync("MLI", 10) is Outcome.Recorded or Outcome.Superseded,
            "it takes observations again"
        );
        await WarnsAsync(suite);
    }

    private async Task WarnsAsync(ClockedSuite suite)
    {
        var country = _countries.Dequeue();
        Assert.Equal(Outcome.Recorded, await suite.ReportAsync(country, 90));
        var told = await suite.ToldAsync(country);
        output.WriteLine($"  told of {country}: {told!.Name} {told.Entries[0].Time}");
    }
}
