using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>
/// What the README lets an operator type in, on a suite of actual data: its directory, and its way from a public data set to a ranking, on
/// a small table of the same form with figures of our own.
/// </summary>
public sealed class RealDataReadmeTests(RealDataReadmeTests.Operated operated) : IClassFixture<RealDataReadmeTests.Operated>
{
    private const string Results = "ewp-2022/Modelling/results";
    private static readonly Document s_readme = new("README.md");

    [Fact]
    public async Task Directory_AsPrinted_IsTakenAndNamesWhoAnswersForWhom()
    {
        var listed = await new NotificationService.NotificationServiceClient(operated.Suite.Channel).ListRecipientsAsync(new());

        Assert.Equal(
            [
                ("recipients/focal-point-ken", Role.FocalPoint, "KEN", "inbox"),
                ("recipients/regional-desk", Role.RegionalOrganisation, "KEN TZA UGA", "inbox"),
                ("recipients/watch-desk", Role.Operator, "", "inbox desk-system"),
            ],
            listed.Recipients.Select(one =>
                (one.Name, one.Role, string.Join(' ', one.Countries), string.Join(' ', one.Channels.Select(channel => channel.Id)))
            )
        );
    }

    [Fact]
    public async Task Commands_OnATableOfTheSameForm_RankByTheModelAndByTheNumberOfTheState()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            $"{Results}/base2021-coeffs-run-2022-09-30.csv",
            """
            "Variables","Weights.for.1.year.forecast","Weights.for.2.year.forecast"
            "(Intercept)",-3,-2.5
            "first",1,1.5
            "second",-0.5,-1

            """
        );
        // In the second column AUS is Austria and SLV Slovenia; read as ISO 3166 they would be Australia and El Salvador.
        folder.Write(
            $"{Results}/base2021-run-2022-09-30.csv",
            """
            "country","SFTGcode","COW","risk_in_2022","risk_in_2022_23","first","second"
            "Austria","AUS",305,0.1192,0.2689,1,0
            "Slovenia","SLV",349,0.02931,0.02931,0,1

            """
        );
        var block = s_readme.Blocks("bash").Single(text => text.Contains("--mapping ewp-2022", StringComparison.Ordinal));
        var commands = block.Split('\n').Where(line => !line.StartsWith("git clone ", StringComparison.Ordinal));
        var said = await Shell.RunAsync(
            string.Join('\n', commands),
            folder.Path,
            ("EW_ENDPOINT", $"http://127.0.0.1:{operated.Suite.GrpcPort}"),
            ("PATH", $"{Path.GetDirectoryName(SuiteProcess.CliExecutable)}:{Environment.GetEnvironmentVariable("PATH")}")
        );

        // 1 / (1 + exp(-x)) of -2 and -3.5, then of -1 and -3.5, by hand.
        Assert.Matches(
            @"(?s)ewp-1yr/versions/1\n.*\n1\tAUT\tAustria\t[a-z-]+\t0\.1192.*\n2\tSVN\tSlovenia\t[a-z-]+\t0\.02931.*ewp-2yr/versions/1\n"
                + @".*\n1\tAUT\tAustria\t[a-z-]+\t0\.2689.*\n2\tSVN\tSlovenia\t[a-z-]+\t0\.02931",
            said
        );
    }

    /// <summary>A suite with the README's directory in its folder.</summary>
    public sealed class Operated : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public SuiteProcess Suite { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var printed = s_readme.Blocks("yaml").Single(block => block.Contains("recipients:", StringComparison.Ordinal));
            _folder.Write("data/directory.yaml", printed);
            Environment.SetEnvironmentVariable("DESK_SECRET", "a secret of the desk alone");
            Suite = SuiteProcess.In(_folder.In("data"));
            Assert.True(await Suite.StartAsync(), Suite.Output);
        }

        public async ValueTask DisposeAsync()
        {
            await Suite.DisposeAsync();
            _folder.Dispose();
        }
    }
}
