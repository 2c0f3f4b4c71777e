using System.Diagnostics;
using System.Globalization;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Storms;

/// <summary>
/// Thousands of breaches at once, told to three receivers of which one hangs and one is down, while the suite is killed.
/// <c>bash tests/storm.sh 10000</c> is the full form.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    /// <summary>A kill holds an emergency up for as long as the start takes, and one look.</summary>
    private static readonly TimeSpan s_mostOvertaken = TimeSpan.FromSeconds(15);

    private const string Secret = "a-secret-of-at-least-32-characters!";

    private readonly StormPlan _plan = StormPlan.Current;

    [Fact]
    public async Task Storm_WithReceiversAtFaultAndKills_TellsEachOfEverythingOnceAndEmergenciesFirst()
    {
        using var folder = new TemporaryFolder();
        try
        {
            await RunAsync(folder);
        }
        catch
        {
            output.WriteLine($"The folder is kept: {folder.Keep()}");
            throw;
        }
    }

    private async Task RunAsync(TemporaryFolder folder)
    {
        await using StormReceiver healthy = new("healthy"),
            hanging = new("hanging"),
            down = new("down");
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hanging.Hanging = release.Task;
        await Task.WhenAll(healthy.UpAsync(), hanging.UpAsync(), down.UpAsync());
        folder.Write("directory.yaml", $"recipients:\n{string.Concat(new[] { hanging, down, healthy }.Select(Recipient))}");
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await DefineAsync(suite);

        var clock = Stopwatch.StartNew();
        var outage = OutageAsync(down);
        var kills = KillAsync(suite, healthy);
        await ReportAsync(suite);
        var reported = clock.Elapsed;
        await kills;
        await HasAllAsync(healthy);
        var healthyDone = clock.Elapsed;
        await outage;
        await HasAllAsync(down);
        var downDone = clock.Elapsed;
        Assert.Equal(0, hanging.Count);
        release.SetResult();
        await new NotificationService.NotificationServiceClient(suite.Channel).RedeliverNotificationsAsync(
            new() { Recipient = "recipients/hanging" }
        );
        await HasAllAsync(hanging);

        var doctor = await EwProcess.RunAsync(suite, "doctor");
        Assert.True(doctor.Code == 0, doctor.Out + doctor.Error);
        var reports = new[] { healthy, down, hanging }.Select(receiver => new StormReport(receiver)).ToArray();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {_plan.Warnings} breaches of {_plan.Countries} countries in {reported.TotalSeconds:0} s; {_plan.Kills} kills;
                one receiver down for {_plan.Down.TotalSeconds:0} s, one hanging
                {StormReport.Header}
                {string.Join('\n', reports)}
                all at the healthy receiver after {healthyDone.TotalSeconds:0} s, at the one that was down after
                {downDone.TotalSeconds:0} s, at the one that hung after {clock.Elapsed.TotalSeconds:0} s; ew doctor finds nothing
                """
            )
        );
        var breaches = await BreachesAsync(suite);
        Assert.Equal(_plan.Warnings, breaches.Count);
        Assert.All(reports, report => Assert.True(breaches.SetEquals(report.Warnings)));
        Assert.All(new[] { healthy, down, hanging }, receiver => Assert.Equal(_plan.Warnings, receiver.Count));
        var recipients = await new NotificationService.NotificationServiceClient(suite.Channel).ListRecipientsAsync(new());
        var status = await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new());
        Assert.All(new[] { suite.Output, doctor.Out, $"{recipients}", $"{status}" }, text =>
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal)
        );
        Assert.All(reports, report => Assert.InRange(report.LongestOvertaken, TimeSpan.Zero, s_mostOvertaken));
    }

    private static string Recipient(StormReceiver receiver) =>
        $"""
              - id: {receiver.Name}
                name: {receiver.Name}
                role: operator
                channels:
                  - webhook:
                      id: hook
                      url: {receiver.Address}
                      secret: {Secret}

            """;

    /// <summary>One in ten is an emergency, made last, so that order is not won by chance.</summary>
    private async Task DefineAsync(SuiteProcess suite)
    {
        await Definitions.DefineOneAsync(suite.Channel);
        var thresholds = new ThresholdService.ThresholdServiceClient(suite.Channel);
        for (var i = 1; i < _plan.Thresholds; i++)
        {
            await thresholds.CreateThresholdAsync(
                new()
                {
                    Threshold = new()
                    {
                        Name = $"thresholds/storm-{i}",
                        DisplayName = $"Storm {i}",
                        Framework = Definitions.Framework,
                        Condition = Condition.Above,
                        Value = 20 + (60.0 * i / _plan.Thresholds),
                        Severity =
                            i >= _plan.Thresholds * 9 / 10 ? Severity.Emergency
                            : i % 2 == 0 ? Severity.Advisory
                            : Severity.Warning,
                    },
                }
            );
        }
    }

    private async Task ReportAsync(SuiteProcess suite)
    {
        List<string> countries = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var listed = await new RiskService.RiskServiceClient(suite.Channel).ListCountriesAsync(
                    new(),
                    deadline: DateTime.UtcNow.AddSeconds(5)
                );
                countries = [.. listed.Countries.Select(country => country.Code).Take(_plan.Countries)];
                return countries.Count == _plan.Countries;
            },
            "the countries are listed"
        );
        using var pace = new PeriodicTimer(_plan.Every);
        var observations = new ObservationService.ObservationServiceClient(suite.Channel);
        foreach (var country in countries)
        {
            var observation = Definitions.Attacks(country, 95, $"storm-{country}");
            await Eventually.HoldsAsync(
                async () =>
                    (
                        await observations.RecordObservationAsync(
                            new() { Observation = observation },
                            deadline: DateTime.UtcNow.AddSeconds(5)
                        )
                    ).Outcome
                        is Outcome.Recorded
                            or Outcome.Duplicate,
                $"{country} is recorded"
            );
            await pace.WaitForNextTickAsync();
        }
    }

    private async Task OutageAsync(StormReceiver receiver)
    {
        await Eventually.HoldsAsync(() => receiver.Count >= _plan.Thresholds, "the storm has reached the receiver that goes down");
        await receiver.DownAsync();
        await Task.Delay(_plan.Down);
        await receiver.UpAsync();
    }

    private async Task KillAsync(SuiteProcess suite, StormReceiver healthy)
    {
        for (var kill = 1; kill <= _plan.Kills; kill++)
        {
            var told = _plan.Warnings * kill / (_plan.Kills + 1);
            await Eventually.HoldsAsync(
                () => healthy.Count >= told,
                $"{told} warnings are told before a kill",
                _plan.Patience.TotalSeconds,
                () => $"{healthy.Count}"
            );
            await suite.KillAsync();
            Assert.True(await suite.StartAsync(), suite.Output);
        }
    }

    private Task HasAllAsync(StormReceiver receiver) =>
        Eventually.HoldsAsync(
            () => receiver.Count >= _plan.Warnings,
            $"all is told to the receiver called {receiver.Name}",
            _plan.Patience.TotalSeconds,
            () => $"{receiver.Count} of {_plan.Warnings}"
        );

    private static async Task<HashSet<string>> BreachesAsync(SuiteProcess suite)
    {
        var client = new BreachService.BreachServiceClient(suite.Channel);
        var (names, token) = (new HashSet<string>(), "");
        do
        {
            var page = await client.ListBreachesAsync(new() { PageSize = 500, PageToken = token });
            names.UnionWith(page.Breaches.Select(breach => breach.Name));
            token = page.NextPageToken;
        } while (token.Length > 0);

        return names;
    }
}
