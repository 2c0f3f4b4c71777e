using System.Globalization;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>
/// Kills the suite again and again under load and compares what it then says, by id, with what the client and the receiver of the warnings
/// have in their own ledgers. <c>bash tests/kill.sh 100</c> is the full form.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Indicators = 8;
    private const int Killed = 128 + 9;
    private static readonly string[] s_countries =
    [
        "AGO",
        "BEN",
        "BFA",
        "BWA",
        "CIV",
        "CMR",
        "COD",
        "DZA",
        "EGY",
        "ETH",
        "GAB",
        "GHA",
        "KEN",
        "MAR",
        "MDG",
        "MLI",
        "NGA",
        "SEN",
        "TCD",
        "ZMB",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_UnderLoad_LosesNothingAndCountsNothingTwice(bool outsideStore)
    {
        using var folder = new TemporaryFolder();
        try
        {
            await RunAsync(folder, outsideStore);
        }
        catch
        {
            output.WriteLine($"The folder is kept: {folder.Keep()}");
            throw;
        }
    }

    private async Task RunAsync(TemporaryFolder folder, bool outsideStore)
    {
        var plan = KillPlan.Of(outsideStore);
        await using var receiver = await WebhookReceiver.StartAsync();
        folder.Write("directory.yaml", Ledgers.Directory(receiver.Address));
        await using var postgres = outsideStore ? await PostgresServer.StartAsync() : null;
        await using var suite = SuiteProcess.In(folder.Path, postgres?.ConnectionString);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Ledgers.DefineAsync(suite.Channel, Indicators);

        var partners = s_countries
            .Take(plan.Countries)
            .Select((country, i) => new Partner(suite.Channel.CreateCallInvoker(), country, i, Indicators))
            .ToArray();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(partners.Select(partner => Task.Run(() => partner.ReportAsync(stop.Token), CancellationToken.None)));
        var (suiteKills, armedKills, storeKills) = await KillAsync(plan, suite, postgres);
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        var status = await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new());
        Assert.DoesNotContain(status.Lines, line => line.Subject == "countries" && line.Health != Health.Ok);
        var (observations, duplicates) = await Ledgers.CompareObservationsAsync(suite.Channel, partners, () => suite.Output);
        var breaches = await Ledgers.CompareBreachesAsync(suite.Channel, partners, receiver);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {(
                    outsideStore ? "PostgreSQL" : "SQLite"
                )}: {suiteKills} kills of the suite ({armedKills} at armed points), {storeKills} of the store
                observations: {observations} acknowledged, {observations} found, 0 lost, {duplicates} twice; {partners.Sum(p =>
                    p.Resends
                )} resends
                breaches: {breaches.Expected} expected, {breaches.Found} found, each at the receiver under one id;
                {breaches.Calls} calls for {breaches.Keys} ids
                """
            )
        );
    }

    private static async Task<(int Suite, int Armed, int Store)> KillAsync(KillPlan plan, SuiteProcess suite, PostgresServer? postgres)
    {
        var random = new Random(4711);
        var (kills, armed, storeKills) = (0, 0, 0);
        for (var n = 0; n < plan.Kills; n++)
        {
            if (postgres is not null && n % 3 == 2)
            {
                await postgres.KillAsync();
                await postgres.RestartAsync();
                storeKills++;
            }

            if (suite.HasExited)
            {
                armed++;
            }
            else
            {
                await Task.Delay(random.Next(100, 900));
                if (!suite.HasExited)
                {
                    await suite.KillAsync();
                }
            }

            kills++;

            // The last start is left alone: a point that is reached seldom would kill it while its data are compared.
            var point = n < plan.Kills - 1 ? plan.ArmedAt(n, random) : null;
            if (!await suite.StartAsync(point))
            {
                // An armed point may be reached before the suite is ready: that counts as a kill too. A refusal to start does not.
                Assert.True(await suite.ExitAsync(TimeSpan.FromSeconds(4)) == Killed, suite.Output);
                (kills, armed, point) = (kills + 1, armed + 1, null);
                Assert.True(await suite.StartAsync(), suite.Output);
            }

            if (point is not null)
            {
                try
                {
                    await suite.ExitAsync(TimeSpan.FromSeconds(4));
                }
                catch (OperationCanceledException)
                {
                    // A point that is reached seldom, as publishing may be: the next round kills it like any other.
                }
            }
        }

        return (kills, armed, storeKills);
    }
}
