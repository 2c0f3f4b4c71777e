using System.ComponentModel.DataAnnotations;
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
    public async Task Start_ManyWrongSettings_AreAllNamedInOneMessageWithWhatToWrite()
    {
        var said = await RefusedAsync(
            "--keep-audit 0 --cache redis:6379,secret=b",
            """
            EW_CLOCK_GRACE=soon EW_NOTIFICATION_BUDGET=never EW_NOTIFICATION_BUGDET=2d EW_EXERCISE=true EW_DAPR_RSK_GRPC=http://127.0.0.1:1
            EW_DAPR_RISK_GRPC=there EW_SIDECAR_MAX_WAITING=0
            """,
            """
            max-connections: 1
            cache: {timeout: 1ms, memory-megabytes: 16}
            riks: {}
            store: {operation-timeout: 2m, unclear-timeout: 6m}
            clock: {jump: 2m, doubt: 1m}
            operations: {most-kept: 50}
            scoring: {processors: 0}
            audit: {kinds-at-once: 0}
            outbox: {sweep-intervall: 1s}
            dapr-notification: {app-port: [5162, 70000]}
            """
        );

        string[] named =
        [
            "--keep-audit takes 1 to 36500 days, such as 400.",
            "--cache takes HOST:PORT, then options of StackExchange.Redis after commas, such as 10.1.2.3:6379,ssl=true.",
            "EW_CLOCK_GRACE takes 0 to 10080 minutes, such as 10.",
            "EW_NOTIFICATION_BUDGET: 'never' is no span of time.",
            "EW_NOTIFICATION_BUGDET is not known. Did you mean 'EW_NOTIFICATION_BUDGET'?",
            "EW_EXERCISE has no effect: --exercise is for the command line alone.",
            "EW_DAPR_RSK_GRPC is not known. Did you mean 'EW_DAPR_RISK_GRPC'?",
            "EW_DAPR_RISK_GRPC: Write an address such as http://127.0.0.1:50001.",
            "The sidecar of the app id risk has a gRPC address and no HTTP one, which its health is asked at: set EW_DAPR_RISK_HTTP.",
            "A Dapr sidecar is named, but none for the app id notification.",
            "A Dapr sidecar is named, but none for the app id escalation.",
            "EW_SIDECAR_MAX_WAITING: Write 1 to 10000000.",
            "settings.yaml:1:18: max-connections takes 10 to 1000000, such as 4096.",
            "settings.yaml:2:18: cache.timeout: Write 10ms to 5s.",
            "settings.yaml:3:1: riks: 'riks' is not known here. Did you mean 'risk'?",
            "settings.yaml:4:28: store.operation-timeout: Write 100ms to 1m.",
            "settings.yaml:4:49: store.unclear-timeout: Write 0s to 5m.",
            "settings.yaml:5:26: clock.doubt: Write at least what jump says",
            "settings.yaml:6:25: operations.most-kept: Write at least 102: more than may wait and run.",
            "settings.yaml:7:23: scoring.processors: Write 1 to 1024.",
            "settings.yaml:8:24: audit.kinds-at-once: Write 1 to 10000.",
            "settings.yaml:9:10: outbox.sweep-intervall: 'sweep-intervall' is not known here. Did you mean 'sweep-interval'?",
            "settings.yaml:10:31: dapr-notification.app-port: Write ports, 1 to 65535, such as 5162.",
        ];
        Assert.All(named, one => Assert.Contains(one, said, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        Assert.Equal(named.Length, said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Defaults_OfEverySection_HoldToTheirLimits() => Assert.All(Settings.Sections, section =>
        {
            var options = section.Value();
            List<ValidationResult> faults = [];
            Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true);
            Assert.Empty(faults.Select(fault => $"{section.Key}: {fault.ErrorMessage}"));
        });

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
    [InlineData("EW_TLS_KEY_PASWORD=x", "EW_TLS_KEY_PASSWORD")]
    [InlineData("EW_DAPR_RSK_APP_PORT=2", "EW_DAPR_RISK_APP_PORT")]
    public void VariableThatIsNone_IsRefusedWithTheOneThatWasMeant(string variable, string meant) =>
        Assert.Contains($"is not known. Did you mean '{meant}'?", Assert.Single(Errors("", variable, "")), StringComparison.Ordinal);

    [Theory]
    [InlineData("EW_SOMETHING_OF_MINE=2")]
    [InlineData("EW_BOARD_SECRET=2")]
    [InlineData("EW_TEST_KILLS=2")]
    [InlineData("EW_API_KEY=2")]
    [InlineData("EW_FRAMEWORK=frameworks/a")]
    [InlineData("EW_SIDECAR_APP_IDS=a,b EW_DAPR_A_GRPC=http://127.0.0.1:1")]
    public void VariableOfSomebodyElse_IsLeftAlone(string variables) => Assert.Empty(Errors("", variables, ""));

    private List<string> Errors(string line, string variables, string file) =>
        [
            .. HostCommand
                .Build((_, _) => Task.FromResult(0), Environment(variables))
                .Parse(Arguments(line, file))
                .Errors.Select(error => error.Message),
        ];

    private async Task<string> RefusedAsync(string line, string variables, string file)
    {
        StringWriter said = new();
        var code = await HostCommand
            .Build((_, _) => throw new InvalidOperationException("It starts all the same."), Environment(variables))
            .Parse(Arguments(line, file))
            .InvokeAsync(new() { Error = said, Output = TextWriter.Null }, TestContext.Current.CancellationToken);
        Assert.Equal(1, code);
        return said.ToString();
    }

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
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1]);
}
