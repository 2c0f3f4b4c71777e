using System.Globalization;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>
/// Kills the suite again and again under load and compares what it then says, by id, with what the client and the receiver of the warnings have in
/// their own ledgers. <c>bash tests/kill.sh 100</c> is the full form.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Indicators = 8;
    private const int Killed = 128 + 9;
    private static readonly string[] s_countries =
        ["AGO", "BEN", "BFA", "BWA", "CIV", "CMR", "COD", "DZA", "EGY", "ETH", "GAB", "GHA", "KEN", "MAR", "MDG", "MLI", "NGA", "SEN", "TCD", "ZMB"];

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
        folder.Write("directory.yaml", $"""
            recipients:
              - id: watch-desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {receiver.Address}
                      secret: a-secret-of-at-least-32-characters!
            """);
        await using var postgres = outsideStore ? await PostgresServer.StartAsync() : null;
        await using var suite = SuiteProcess.In(folder.Path, postgres?.ConnectionString);
        Assert.True(await suite.StartAsync(), suite.Output);
        await DefineAsync(suite);

        var partners = s_countries.Take(plan.Countries).Select((country, i) => new Partner(suite.Channel, country, i, Indicators)).ToArray();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(partners.Select(partner => Task.Run(() => partner.ReportAsync(stop.Token), CancellationToken.None)));
        var (suiteKills, armedKills, storeKills) = await KillAsync(plan, suite, postgres);
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        var status = await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new());
        Assert.DoesNotContain(status.Lines, line => line.Subject == "countries" && line.Health != Health.Ok);
        var (observations, duplicates) = await CompareObservationsAsync(suite, partners);
        var breaches = await CompareBreachesAsync(suite, partners, receiver);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""
             {(outsideStore ? "PostgreSQL" : "SQLite")}: {suiteKills} kills of the suite ({armedKills} at armed points), {storeKills} of the store
             observations: {observations} acknowledged, {observations} found, 0 lost, {duplicates} twice; {partners.Sum(p => p.Resends)} resends
             breaches: {breaches.Expected} expected, {breaches.Found} found, each at the receiver under one id; {breaches.Calls} calls for {breaches.Keys} ids
             """));
    }

    private static async Task DefineAsync(SuiteProcess suite)
    {
        await new CatalogueService.CatalogueServiceClient(suite.Channel).CreateFrameworkAsync(new()
        {
            Framework = new()
            {
                Name = "frameworks/kill",
                DisplayName = "Plain mean",
                Composite = new()
                {
                    Root = new()
                    {
                        Code = "index",
                        Children =
                        {
                            Enumerable.Range(0, Indicators).Select(i => new Node
                            {
                                Code = $"kill.i{i}",
                                Leaf = new() { Indicator = $"kill.i{i}", Direction = Direction.Increasing, Low = 0, High = 100 },
                            }),
                        },
                    },
                },
                Bands = { new Band { Level = "low", LowerBound = 0 }, new Band { Level = "high", LowerBound = 70 } },
            },
            Indicators =
            {
                Enumerable.Range(0, Indicators).Select(i => new Indicator
                {
                    Code = $"kill.i{i}", DisplayName = $"Indicator {i}", Unit = "points", Minimum = 0, Maximum = 100,
                }),
            },
        });
        await new ThresholdService.ThresholdServiceClient(suite.Channel).CreateThresholdAsync(new()
        {
            Threshold = new()
            {
                Name = "thresholds/kill-high",
                DisplayName = "High",
                Framework = "frameworks/kill",
                Condition = Condition.Above,
                Value = NaiveFold.Fires,
                ClearingValue = NaiveFold.Clears,
                Severity = Severity.Warning,
            },
        });
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

    private static async Task<(int Found, int Twice)> CompareObservationsAsync(SuiteProcess suite, Partner[] partners)
    {
        var observations = new ObservationService.ObservationServiceClient(suite.Channel);
        var risks = new RiskService.RiskServiceClient(suite.Channel);
        var (all, twice) = (0, 0);
        foreach (var partner in partners)
        {
            var sent = partner.Ledger.SelectMany(batch => batch).ToDictionary(o => o.ObservationId, o => o.Value);
            var found = new List<Observation>();
            var token = "";
            do
            {
                var page = await observations.ListObservationsAsync(new() { Country = partner.Country, IncludeRevisions = true, PageSize = 1000, PageToken = token });
                found.AddRange(page.Observations);
                token = page.NextPageToken;
            }
            while (token.Length > 0);

            twice += found.Count - found.DistinctBy(o => o.ObservationId).Count();
            if (sent.Count != found.Count)
            {
                Assert.Fail(Lost(suite, partner, found));
            }

            Assert.All(found, o => Assert.Equal(sent[o.ObservationId], o.Value));
            all += found.Count;

            var risk = await risks.GetCountryRiskAsync(new() { Name = $"frameworks/kill/risks/{partner.Country}" });
            Assert.Equal(NaiveFold.Of(partner.Ledger).Score, risk.Risk.Score, 1e-9);
        }

        return (all, twice);
    }

    /// <summary>Says what is missing.</summary>
    private static string Lost(SuiteProcess suite, Partner partner, List<Observation> found)
    {
        var have = found.Select(o => o.ObservationId).ToHashSet();
        var missing = partner.Ledger.Select((batch, round) => (batch, round)).Where(pair => pair.batch.Any(o => !have.Contains(o.ObservationId))).Select(pair => pair.round);
        return $"{partner.Country}: {found.Count} observations are there; of {partner.Ledger.Count} rounds these lack some: {string.Join(' ', missing)}. The suite said:\n{suite.Output}";
    }

    private static async Task<(int Expected, int Found, int Calls, int Keys)> CompareBreachesAsync(SuiteProcess suite, Partner[] partners, WebhookReceiver receiver)
    {
        var client = new BreachService.BreachServiceClient(suite.Channel);
        var (expected, found) = (0, new List<Breach>());
        foreach (var partner in partners)
        {
            var fold = NaiveFold.Of(partner.Ledger);
            List<Breach> breaches = [];
            await Eventually.HoldsAsync(async () =>
            {
                var page = await client.ListBreachesAsync(new() { Countries = { partner.Country }, PageSize = 500 });
                breaches = [.. page.Breaches];
                return breaches.Count == fold.Firings && breaches.Count(b => b.State == Breach.Types.State.Firing) == (fold.Firing ? 1 : 0);
            }, $"{partner.Country} has {fold.Firings} breaches", seen: () => $"{breaches.Count} are there");
            expected += fold.Firings;
            found.AddRange(breaches);
        }

        await Eventually.HoldsAsync(
            () => Task.FromResult(found.All(breach => Calls(breach.Name, "STATE_FIRING").Any())),
            "every breach is at the receiver", seen: () => $"{found.Count(b => Calls(b.Name, "STATE_FIRING").Any())} of {found.Count} are");
        Assert.All(found, breach => Assert.Single(Calls(breach.Name, "STATE_FIRING").Select(call => call.Id).Distinct()));
        var known = found.Select(breach => breach.Name).ToHashSet();
        Assert.All(receiver.Calls, call => Assert.Contains(BreachOf(call), known));
        return (expected, found.Count, receiver.Calls.Count, receiver.Calls.Select(call => call.Id).Distinct().Count());

        IEnumerable<WebhookCall> Calls(string name, string state) => receiver.Calls.Where(call =>
            BreachOf(call) == name && call.Breach.GetProperty("state").GetString() == state);
    }

    private static string BreachOf(WebhookCall call) => call.Breach.GetProperty("name").GetString()!;
}
