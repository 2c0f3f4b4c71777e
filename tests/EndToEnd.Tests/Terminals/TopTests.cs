using System.Diagnostics;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Terminals;

/// <summary><c>ew top</c> on a terminal, beside a suite that is observed, stands still, is killed and comes back.</summary>
public sealed class TopTests
{
    [Fact]
    public async Task Top_BesideASuite_ShowsWhatIsObservedAndIsNeverLiveWithoutIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("directory.yaml"),
            "recipients: [{ id: focal-point-ken, name: Focal point of Kenya, role: focal-point, countries: [KEN], channels: [inbox] }]"
        );
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        await ObserveAsync(suite, "UGA", 60);
        await using var top = TypedTerminal.Run(
            "top --framework one --as recipients/focal-point-ken",
            ("EW_ENDPOINT", suite.Grpc.ToString())
        );
        await top.SeesAsync(30, "live 20", "RANKING  1 of 1 country", "> 1  UGA", "CASES  0 of 0 open");

        await ObserveAsync(suite, "KEN", 90);

        await top.SeesAsync(10, "> 1  KEN   Kenya", "high", "CASES  1 of 1 open", "to acknowledge: ");
        await top.TypeAsync("\r");
        await top.SeesAsync(10, "KEN: what the score is made of", "Attacks");
        await top.TypeAsync("q\ta");
        await top.SeesAsync(10, "as: recipients/focal-point-ken_");
        await top.TypeAsync("\rCalling\r");
        await top.SeesAsync(10, ": acknowledged.", "to decide: ");

        // Nothing tells of it but silence, whose length the machine's own load adds to.
        await SignalAsync(suite, "-STOP");
        await top.SeesAsync(4, "NOT LIVE: as of 20");
        await SignalAsync(suite, "-CONT");
        await LiveAgainAsync(top);

        await suite.KillAsync();
        await top.SeesAsync(3, "NOT LIVE: as of 20", "Connection refused");
        Assert.True(await suite.StartAsync(), suite.Output);
        await LiveAgainAsync(top);
        await ObserveAsync(suite, "UGA", 99);
        await top.SeesAsync(10, "1  UGA");

        await top.TypeAsync("q");
        Assert.Equal(0, await top.EndAsync());
        Assert.False(top.Screen.IsOther);
    }

    private static Task LiveAgainAsync(TypedTerminal top) =>
        Eventually.HoldsAsync(
            () =>
                top.Screen.Text is var text
                && !text.Contains("NOT LIVE", StringComparison.Ordinal)
                && text.Contains("live 20", StringComparison.Ordinal),
            "live again",
            20,
            () => $"\n{top.Screen.Text}"
        );

    private static async Task ObserveAsync(SuiteProcess suite, string country, double value) =>
        await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationAsync(
            new() { Observation = Definitions.Attacks(country, value) }
        );

    private static async Task SignalAsync(SuiteProcess suite, string signal)
    {
        using var kill = Process.Start("kill", [signal, suite.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
