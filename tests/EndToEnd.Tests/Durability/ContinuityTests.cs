using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>A real suite on a store that is not what it was: refused, quiet, backed up, restored, taken over.</summary>
public sealed class ContinuityTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Start_FileOfTheStoreDeleted_IsRefusedInOneLineAndResumeBeginsAnew()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        Assert.Equal(0, await suite.StopAsync());
        Array.ForEach(Directory.GetFiles(folder.Path, "store.db*"), File.Delete);

        await using var again = SuiteProcess.In(folder.Path);
        again.Launch();
        await RefusedAsync(again, "was deleted or emptied");

        await using var taken = SuiteProcess.In(folder.Path);
        Assert.True(await taken.StartAsync(null, "--resume"), taken.Output);
        Assert.Contains("On: observations are taken in", (await EwProcess.RunAsync(taken, "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherSuite_IsRefusedByItsOwnerAndResumeTakesItOver()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var first = SuiteProcess.In(folder.Path, postgres.ConnectionString);
        Assert.True(await first.StartAsync(), first.Output);

        await using var second = SuiteProcess.In(other.Path, postgres.ConnectionString);
        second.Launch();
        await RefusedAsync(second, "belongs to the suite whose owner mark is");

        await using var taken = SuiteProcess.In(other.Path, postgres.ConnectionString);
        Assert.True(await taken.StartAsync(null, "--resume"), taken.Output);
        await StatusSaysAsync(first, "was taken over by somebody else");
        Assert.Contains("On: observations are taken in", (await EwProcess.RunAsync(taken, "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_FileMovedAwayAndBack_StopsIntakeAndGoesOnByItself()
    {
        using var folder = new TemporaryFolder();
        using var away = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        await RecordAsync(suite, 20);
        File.Move(Path.Combine(folder.Path, "store.db"), Path.Combine(away.Path, "store.db"));

        await StatusSaysAsync(suite, "was deleted or moved while the suite had it open");
        Assert.Equal(Outcome.Retry, await TryRecordAsync(suite, 30));
        Assert.Equal(20, await ScoreAsync(suite), 1e-9);

        File.Move(Path.Combine(away.Path, "store.db"), Path.Combine(folder.Path, "store.db"));
        await RecordAsync(suite, 40);
        await Eventually.HoldsAsync(async () => Math.Abs(await ScoreAsync(suite) - 40) < 1e-9, "the score follows again");
    }

    [Fact]
    public async Task Backup_OfARunningSuite_RestoresQuietAndSendsWhatIsOwedOnceItIsTakenOver()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await using var receiver = await WebhookReceiver.StartAsync();
        folder.Write("directory.yaml", DirectoryOf("http://127.0.0.1:9/hook"));
        elsewhere.Write("directory.yaml", DirectoryOf(receiver.Address.ToString()));
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        await RecordAsync(suite, 88);
        await Eventually.HoldsAsync(
            async () =>
                (await new CaseService.CaseServiceClient(suite.Channel).ListCasesAsync(new() { Countries = { "KEN" } })).Cases.Count == 1
                && (await new NotificationService.NotificationServiceClient(suite.Channel).ListNotificationsAsync(new()))
                    .Notifications
                    .Count > 0,
            "a case is open and somebody is to be told"
        );

        var backup = await EwProcess.RunAsync(suite, "backup", "before.db");
        Assert.True(backup.Code == 0, backup.Error);
        var file = backup.Out.Split('\n')[0];
        Assert.Equal(Path.Combine(folder.Path, "backups", "before.db"), file);
        Assert.Equal(1, (await EwProcess.RunAsync(suite, "resume")).Code);
        await suite.KillAsync();

        await using var restored = SuiteProcess.In(elsewhere.Path);
        Assert.True(await restored.StartAsync(null, "--restore", file), restored.Output);
        await StatusSaysAsync(restored, "restored from before.db, a backup of ");
        Assert.Equal(88, await ScoreAsync(restored), 1e-9);
        Assert.Equal(Outcome.Retry, await TryRecordAsync(restored, 10));
        await SecondsPassAsync(restored, 3);
        Assert.Empty(receiver.Calls);

        var resumed = await EwProcess.RunAsync(restored, "resume");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Contains("in epoch", resumed.Out, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Calls.Count > 0), "what was owed is sent", 60, () => restored.Output);
        await RecordAsync(restored, 20);
    }

    private static string DirectoryOf(string address) =>
        $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {address}
                      secret: a-secret-of-at-least-32-characters!
            """;

    private static async Task RefusedAsync(SuiteProcess suite, string words)
    {
        Assert.NotEqual(0, await suite.ExitAsync(s_soon));
        await Eventually.HoldsAsync(
            () => Task.FromResult(suite.Output.Contains(words, StringComparison.Ordinal)),
            $"it says '{words}'",
            5,
            () => suite.Output
        );
        Assert.Single(suite.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Task StatusSaysAsync(SuiteProcess suite, string words) =>
        Eventually.HoldsAsync(
            async () =>
            {
                var status = await EwProcess.RunAsync(suite, "status");
                return status.Code == 1 && status.Out.Contains(words, StringComparison.Ordinal);
            },
            $"`ew status` says '{words}'"
        );

    private static async Task<Outcome> TryRecordAsync(SuiteProcess suite, double value) =>
        (
            await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationsAsync(
                new() { Observations = { Definitions.Attacks("KEN", value) } }
            )
        ).Outcomes.Single();

    private static Task RecordAsync(SuiteProcess suite, double value) =>
        Eventually.HoldsAsync(
            async () => await TryRecordAsync(suite, value) == Outcome.Recorded,
            $"{value} is recorded",
            seen: () => suite.Output
        );

    private static async Task<double> ScoreAsync(SuiteProcess suite) =>
        (await new RiskService.RiskServiceClient(suite.Channel).GetCountryRiskAsync(new() { Name = $"{Definitions.Framework}/risks/KEN" }))
            .Risk
            .Score;

    /// <summary>Waits until the suite's own clock has gone on, and with it all that looks every second.</summary>
    private static async Task SecondsPassAsync(SuiteProcess suite, int seconds)
    {
        var client = new ServerService.ServerServiceClient(suite.Channel);
        var until = (await client.GetServerInfoAsync(new())).ServerTime.ToDateTimeOffset().AddSeconds(seconds);
        await Eventually.HoldsAsync(
            async () => (await client.GetServerInfoAsync(new())).ServerTime.ToDateTimeOffset() > until,
            "the suite's clock goes on"
        );
    }
}
