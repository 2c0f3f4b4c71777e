using System.Runtime.InteropServices;
using EarlyWarning.EndToEnd.Tests.Durability;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>
/// Two processes that both run the countries, under load through both, while one after the other stands still, stops and is killed.
/// </summary>
public sealed class SiloProcessTests(ITestOutputHelper output)
{
    private const int Indicators = 4;
    private static readonly string[] s_countries = ["BEN", "CIV", "COD", "ETH", "KEN", "MLI", "NGA", "TCD"];
    private static readonly PosixSignal s_goOn = (PosixSignal)18;

    [Fact]
    public async Task Processes_StandStillStopAndAreKilled_NothingAcknowledgedIsLostOrTwice()
    {
        await using var suite = await ApartSuite.StartAsync("indicators,risk", "indicators,risk");
        var (first, second) = (suite.Processes[0], suite.Processes[1]);
        await StrangersAsync(suite.ClusterPort(1));
        await Ledgers.DefineAsync(first.Channel, Indicators);

        EitherInvoker either = new(first.Channel.CreateCallInvoker(), second.Channel.CreateCallInvoker());
        var partners = s_countries.Select((country, i) => new Partner(either, country, i, Indicators)).ToArray();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(partners.Select(partner => Task.Run(() => partner.ReportAsync(stop.Token), CancellationToken.None)));
        try
        {
            await GoesOnAsync(partners, "both serve");

            PostgresServer.Signal(second.ProcessId, PostgresServer.Stop);
            await SilosAsync(first, 2);
            await GoesOnAsync(partners, "the other one stands still");
            PostgresServer.Signal(second.ProcessId, s_goOn);
            await second.ExitAsync(TimeSpan.FromSeconds(30));
            await suite.RestartAsync(1);
            await SilosAsync(first, 3);

            Assert.Equal(0, await first.StopAsync());
            await GoesOnAsync(partners, "the first one has stopped");
            await suite.RestartAsync(0);
            await SilosAsync(second, 3);

            await second.KillAsync();
            await GoesOnAsync(partners, "the other one was killed");
            await suite.RestartAsync(1);
        }
        finally
        {
            await stop.CancelAsync();
        }

        await load.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await second.Channel.ConnectAsync(TestContext.Current.CancellationToken);
        var (found, twice) = await Ledgers.CompareObservationsAsync(second.Channel, partners, () => suite.Output);
        Assert.Equal(0, twice);
        output.WriteLine($"{found} observations, {partners.Sum(partner => partner.Resends)} resends");
    }

    private static async Task StrangersAsync(int port)
    {
        using var authority = new TestAuthority("early-warning suite");
        var (signed, key) = authority.Client("CN=early-warning process");
        using var foreign = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(signed, key);

        Assert.Equal(0, await Stranger.TlsAsync(port, null));
        Assert.Equal(0, await Stranger.TlsAsync(port, foreign));
        Assert.InRange(await Stranger.PlainAsync(port), 0, 7);
    }

    /// <summary>Every country takes something in that was sent from now on.</summary>
    private static async Task GoesOnAsync(Partner[] partners, string while_)
    {
        var before = partners.Select(partner => partner.Ledger.Count).ToArray();
        await Eventually.HoldsAsync(
            () => partners.Select((partner, i) => partner.Ledger.Count > before[i] + 1).All(more => more),
            $"every country is written while {while_}",
            seen: () => string.Join(", ", partners.Select((partner, i) => $"{partner.Country} {before[i]} {partner.Ledger.Count}"))
        );
    }

    /// <summary>So many processes form the cluster, that of the sidecar among them.</summary>
    private static Task SilosAsync(SuiteProcess process, int count) =>
        Eventually.HoldsAsync(
            async () =>
                (
                    await new ServerService.ServerServiceClient(process.Channel).GetStatusAsync(
                        new(),
                        deadline: DateTime.UtcNow.AddSeconds(10)
                    )
                ).Lines.Any(line => line.Subject == "silos" && line.Text.StartsWith($"{count} of", StringComparison.Ordinal)),
            $"{count} silos form the cluster"
        );
}
