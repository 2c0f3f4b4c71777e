using EarlyWarning.Driver.Scaling;

namespace EarlyWarning.Load.Tests.Scaling;

public class ScalingTableTests
{
    // Costs that are a line over the share of countries elsewhere: 4 µs at home, 6 µs elsewhere.
    private static readonly SiloRun[] s_runs = [Run(1, 4), Run(2, 5), Run(3, 4 + (2 * 2 / 3.0))];

    [Fact]
    public void Cost_OfFiftySilos_LiesOnTheLine() =>
        Assert.Equal(4 + (2 * 0.98), ScalingTable.Cost(s_runs, run => run.SiloMicroseconds, 50), 6);

    [Fact]
    public void Cost_OfALineThatFalls_IsNoneBelowWhatWasMeasured() =>
        Assert.Equal(4, ScalingTable.Cost([Run(1, 8), Run(2, 4)], run => run.SiloMicroseconds, 50));

    [Fact]
    public void Write_OfRuns_SaysWhatSaturatesFirst()
    {
        var text = new StringWriter();
        ScalingTable.Write(s_runs, text);

        // 8 processors at 2 µs an observation; 100 at 5.96 µs.
        Assert.Contains("PostgreSQL saturates first (silos 16,778,523, PostgreSQL 4,000,000", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("the silos saturate first", text.ToString(), StringComparison.Ordinal);
    }

    private static SiloRun Run(int silos, double microseconds) => new(silos, 100_000, microseconds, 2, 0.5, 0.2, 0.4, 0.1, 95);
}
