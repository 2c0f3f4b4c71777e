using EarlyWarning.Host.Options;
using EarlyWarning.Notification.Configuration;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>The command line counts before the environment, and that before the file; what is wrong is told all at once.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--clock-grace 1", "EW_CLOCK_GRACE=2", "clock-grace: 3", 1)]
    [InlineData("", "EW_CLOCK_GRACE=2", "clock-grace: 3", 2)]
    [InlineData("", "", "clock-grace: 3", 3)]
    [InlineData("", "", "", 10)]
    public async Task Option_IsWhatTheCommandLineElseTheEnvironmentElseTheFileSays(
        string line,
        string variables,
        string file,
        int minutes
    ) => Assert.Equal(TimeSpan.FromMinutes(minutes), (await TakenAsync(line, variables, file)).ClockGrace);

    [Theory]
    [InlineData("EW_NOTIFICATION_BUDGET=2d", "notification: {budget: 3d, attempt-timeout: 5s}", 2)]
    [InlineData("", "notification: {budget: 3d, attempt-timeout: 5s}", 3)]
    public async Task KeyOfASection_IsWhatTheEnvironmentElseTheFileSays(string variables, string file, int days)
    {
        var options = (await TakenAsync("", variables, file)).Settings.Fill("notification", new NotificationOptions());

        Assert.Equal(
            (TimeSpan.FromDays(days), TimeSpan.FromSeconds(5), 256),
            (options.Budget, options.AttemptTimeout, options.Concurrency)
        );
    }

    [Fact]
    public async Task ListOfTheFile_IsAsManyNames() =>
        Assert.Equal(["a.example", "b.example"], (await TakenAsync("", "", "host: [a.example, b.example]")).Hosts);

    [Fact]
    public void FiveBadSettings_AreAllNamedTogether()
    {
        var errors = Errors(
            "--keep-audit 0",
            "EW_CLOCK_GRACE=soon EW_NOTIFICATION_BUDGET=never",
            "max-connections: 1\ncache: {timeout: 1ms}\nriks: {}\n"
        );

        string[] named =
        [
            "--keep-audit takes 1 to 36500 days, such as 400.",
            "EW_CLOCK_GRACE takes 0 to 10080 minutes, such as 10.",
            "EW_NOTIFICATION_BUDGET: 'never' is no span of time.",
            "settings.yaml:1:18: max-connections takes 10 to 1000000, such as 4096.",
            "settings.yaml:2:8: cache: The cache's timeout must be 10 ms to 5 s.",
            "settings.yaml:3:1: riks: 'riks' is not known here. Did you mean 'risk'?",
        ];
        Assert.All(named, one => Assert.Contains(errors, error => error.Contains(one, StringComparison.Ordinal)));
        Assert.Equal(named.Length, errors.Count);
    }

    [Fact]
    public void FileThatIsNamedAndNotThere_IsRefused() =>
        Assert.Contains(
            "There is no such file of settings.",
            Assert.Single(Errors("--settings nowhere.yaml", "", "")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("EW_NOTIFICATION_BUGDET=2d", "EW_NOTIFICATION_BUDGET")]
    [InlineData("EW_CLOCKGRACE=2", "EW_CLOCK_GRACE")]
    [InlineData("EW_SOMETHING_OF_MINE=2", null)]
    [InlineData("EW_DAPR_RISK_GRPC=http://127.0.0.1:1", null)]
    public async Task VariableThatIsNone_IsWarnedOfWithTheOneThatWasMeant(string variable, string? meant)
    {
        var warnings = (await TakenAsync("", variable, "")).Settings.Warnings.ToList();

        Assert.Equal(meant is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.EndsWith($"Was {meant} meant?", warning, StringComparison.Ordinal));
    }

    private List<string> Errors(string line, string variables, string file) =>
        [
            .. HostCommand
                .Build((_, _) => Task.FromResult(0), Environment(variables))
                .Parse(Arguments(line, file))
                .Errors.Select(error => error.Message),
        ];

    private async Task<SuiteOptions> TakenAsync(string line, string variables, string file)
    {
        SuiteOptions? taken = null;
        var command = HostCommand.Build(
            (options, _) =>
            {
                taken = options;
                return Task.FromResult(0);
            },
            Environment(variables)
        );
        Assert.Equal(0, await command.Parse(Arguments(line, file)).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
        return taken!;
    }

    private string[] Arguments(string line, string file)
    {
        if (file.Length > 0)
        {
            _folder.Write("settings.yaml", file);
        }

        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--data", _folder.Path];
    }

    private static Dictionary<string, string> Environment(string variables) =>
        variables
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('='))
            .ToDictionary(one => one[0], one => one[1]);
}
