using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>What carries events between the processes is killed alone.</summary>
public sealed class SidecarTests
{
    [Fact]
    public async Task Sidecar_IsKilled_TheOneThatStandsByTakesOver_AndThatNoneIsLeftIsSaid()
    {
        using TemporaryFolder folder = new();
        var directory = folder.Write("people.yaml", "recipients:\n  - { id: desk, name: Watch desk, role: operator, channels: [inbox] }\n");
        await using var suite = await ApartSuite.StartAsync(
            ["indicators,risk,scoring,notification,escalation,ledger,board"],
            "--directory",
            directory
        );
        var process = suite.Processes[0];
        await Definitions.DefineOneAsync(process.Channel);
        await WarnsAsync(suite, "KEN");

        var second = suite.LaunchSidecar();
        Assert.True(await second.IsReadyAsync(), second.Output);
        await suite.Sidecars[0].KillAsync();
        await WarnsAsync(suite, "UGA");

        await second.KillAsync();
        await Eventually.HoldsAsync(
            async () =>
                (await new ServerService.ServerServiceClient(process.Channel).GetStatusAsync(new())).Lines.Any(line =>
                    line is { Subject: "serving", Health: Health.Failing } && line.Text.Contains("sidecar", StringComparison.Ordinal)
                ),
            "the status says that the sidecar is away"
        );
        await ReportAsync(suite, "RWA");
        var third = suite.LaunchSidecar();
        Assert.True(await third.IsReadyAsync(), third.Output);
        await ToldAsync(suite, "RWA");
    }

    private static async Task WarnsAsync(ApartSuite suite, string country)
    {
        await ReportAsync(suite, country);
        await ToldAsync(suite, country);
    }

    /// <summary>Sends the same until it is taken: the silo that was killed had a part in where countries are found.</summary>
    private static Task ReportAsync(ApartSuite suite, string country)
    {
        var observation = Definitions.Attacks(country, 90, $"{country}-1");
        return Eventually.HoldsAsync(
            async () =>
                (
                    await new ObservationService.ObservationServiceClient(suite.Processes[0].Channel).RecordObservationAsync(
                        new() { Observation = observation }
                    )
                )
                    is not null,
            $"the observation of {country} is taken"
        );
    }

    private static Task ToldAsync(ApartSuite suite, string country) =>
        Eventually.HoldsAsync(
            async () =>
                (
                    await new CaseService.CaseServiceClient(suite.Processes[0].Channel).ListCasesAsync(new() { Countries = { country } })
                ).Cases.Any(one => one.Entries.Any(entry => entry.Kind == CaseEntry.Types.Kind.Told)),
            $"somebody was told of {country}",
            seen: () => suite.Output
        );
}
