using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>The README's way from a public data set to a ranking, on a small table of the same form with figures of our own.</summary>
public sealed class RealDataReadmeTests
{
    private const string Results = "ewp-2022/Modelling/results";

    [Fact]
    public async Task Commands_OnATableOfTheSameForm_RankByTheModelAndByTheNumberOfTheState()
    {
        using var folder = new TemporaryFolder();
        folder.Write($"{Results}/base2021-coeffs-run-2022-09-30.csv", """
            "Variables","Weights.for.1.year.forecast","Weights.for.2.year.forecast"
            "(Intercept)",-3,-2.5
            "first",1,1.5
            "second",-0.5,-1

            """);
        // In the second column AUS is Austria and SLV Slovenia; read as ISO 3166 they would be Australia and El Salvador.
        folder.Write($"{Results}/base2021-run-2022-09-30.csv", """
            "country","SFTGcode","COW","risk_in_2022","risk_in_2022_23","first","second"
            "Austria","AUS",305,0.1192,0.2689,1,0
            "Slovenia","SLV",349,0.02931,0.02931,0,1

            """);
        await using var suite = SuiteProcess.In(Path.Combine(folder.Path, "data"));
        Assert.True(await suite.StartAsync(), suite.Output);

        var block = new Document("README.md").Blocks("bash").Single(text => text.Contains("--mapping ewp-2022", StringComparison.Ordinal));
        var commands = block.Split('\n').Where(line => !line.StartsWith("git clone ", StringComparison.Ordinal));
        var said = await Shell.RunAsync(
            string.Join('\n', commands), folder.Path,
            ("EW_ENDPOINT", $"http://127.0.0.1:{suite.GrpcPort}"),
            ("PATH", $"{Path.GetDirectoryName(SuiteProcess.CliExecutable)}:{Environment.GetEnvironmentVariable("PATH")}"));

        // 1 / (1 + exp(-x)) of -2 and -3.5, then of -1 and -3.5, by hand.
        Assert.Matches(@"(?s)ewp-1yr/versions/1\n.*\n1\tAUT\tAustria\t[a-z-]+\t0\.1192.*\n2\tSVN\tSlovenia\t[a-z-]+\t0\.02931.*ewp-2yr/versions/1\n.*\n1\tAUT\tAustria\t[a-z-]+\t0\.2689.*\n2\tSVN\tSlovenia\t[a-z-]+\t0\.02931", said);
    }
}
