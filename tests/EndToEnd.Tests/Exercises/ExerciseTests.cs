using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Exercises;

/// <summary>The exercise as a newcomer starts it.</summary>
public sealed class ExerciseTests
{
    [Fact]
    public async Task Exercise_Within30Seconds_ShowsRankingBreachPeopleToldAndOpenCase()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path, exercise: true);
        Assert.True(await suite.StartAsync(), suite.Output);

        var breaches = new BreachService.BreachServiceClient(suite.Channel);
        var cases = new CaseService.CaseServiceClient(suite.Channel);
        var notifications = new NotificationService.NotificationServiceClient(suite.Channel);
        await Eventually.HoldsAsync(
            async () =>
                (await cases.ListCasesAsync(new() { OpenOnly = true })).Cases.Any(c => c.State == Case.Types.State.AwaitingAcknowledgement)
                && (await notifications.ListNotificationsAsync(new())).Notifications.Any(n =>
                    n.State == V1.Notification.Types.State.Delivered
                )
                && suite.Output.Contains("case open", StringComparison.Ordinal)
                && suite.Output.Contains("ranking", StringComparison.Ordinal),
            "an open case, and somebody was told",
            30,
            () => suite.Output
        );

        var breach = (await breaches.ListBreachesAsync(new())).Breaches[^1];
        Assert.Equal("XAF", breach.Country);
        Assert.True(breach.Exercise);
        Assert.StartsWith("EXERCISE", breach.Sentence, StringComparison.Ordinal);
        Assert.NotEmpty(breach.Movements);
        Assert.All((await notifications.ListNotificationsAsync(new())).Notifications, n =>
        {
            Assert.StartsWith("EXERCISE", n.Subject, StringComparison.Ordinal);
            Assert.NotEmpty(n.Reason);
        });
        Assert.All(
            suite
                .Output.Split('\n')
                .Where(line => line.Contains("  case", StringComparison.Ordinal) || line.Contains("breach", StringComparison.Ordinal)),
            line => Assert.StartsWith("EXERCISE", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Exercise_WithoutTheDeterioration_BreachesNothing()
    {
        using var folder = new TemporaryFolder();
        var shipped = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(SuiteProcess.HostExecutable)!, "Exercise", "scenario.yaml"),
            TestContext.Current.CancellationToken
        );
        var calm = shipped[..shipped.IndexOf("deteriorations:", StringComparison.Ordinal)]
            .Replace("step: 1s\n", "step: 0.1s\n", StringComparison.Ordinal);
        var scenario = folder.Write("calm.yaml", calm);
        await using var suite = SuiteProcess.In(Path.Combine(folder.Path, "data"), exercise: true);
        Assert.True(await suite.StartAsync(null, "--scenario", scenario), suite.Output);

        // As many rounds as the shipped scenario plays in its first minute.
        var info = new ServerService.ServerServiceClient(suite.Channel);
        var risks = new RiskService.RiskServiceClient(suite.Channel);
        await Eventually.HoldsAsync(
            async () => (await info.GetServerInfoAsync(new())).Intake.Recorded > 8_500,
            "sixty rounds were played",
            60,
            () => suite.Output
        );
        Assert.True((await risks.RankCountriesAsync(new() { Parent = "frameworks/atrocity-crimes" })).Risks.Count(r => r.HasScore) == 40);
        Assert.Empty((await new BreachService.BreachServiceClient(suite.Channel).ListBreachesAsync(new())).Breaches);
    }
}
